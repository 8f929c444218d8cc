using AgentTrace.Attribution.Learning.Features;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Three models of which step is the decisive one: a logit that sees everything, one that sees the few features that say most, and trees.</summary>
/// <remarks>They err on different runs, so that the mean of their log-probabilities is right more often than the best of them.</remarks>
internal sealed class StepModels(FeatureScale scale, double[] broad, double[] core, BoostedTrees trees)
{
    private const double LeastChance = 1e-6;

    public FeatureScale Scale => scale;

    public double[] Broad => broad;

    public double[] Core => core;

    public BoostedTrees Trees => trees;

    /// <summary>What each step scores: by all three, of which the trees count twice, to choose by; and without the small logit, to say how sure that is.</summary>
    /// <remarks>The small one helps to choose, but tells right verdicts from wrong ones less well than the others: measured in docs/attribution/methods.md.</remarks>
    /// <param name="table">The run's features.</param>
    /// <param name="coreAlone">Whether only the small logit is asked, which is better where there are few labels or they say little.</param>
    public ModelScores ScoresOf(FeatureTable table, bool coreAlone)
    {
        double[] byBroad = new double[table.Steps], byCore = new double[table.Steps];
        Span<double> scaled = stackalloc double[StepFeatures.Count];
        for (int step = 0; step < table.Steps; step++)
        {
            scale.Scale(table.RowOf(step), scaled);
            byBroad[step] = ConditionalLogit.Dot(scaled, broad);
            byCore[step] = ConditionalLogit.Dot(scaled, core);
        }

        byBroad = LogChances(byBroad);
        byCore = LogChances(byCore);
        if (coreAlone)
            return new ModelScores(byCore, byCore);
        double[] byTrees = LogChances(trees.ScoresOf(table));
        double[] choice = new double[table.Steps], trust = new double[table.Steps];
        for (int step = 0; step < table.Steps; step++)
        {
            choice[step] = (byBroad[step] + byCore[step] + (2 * byTrees[step])) / 4;
            trust[step] = (byBroad[step] + (2 * byTrees[step])) / 3;
        }

        return new ModelScores(choice, trust);
    }

    public static (StepModels Models, double Penalty) Fit(IReadOnlyList<FeatureTable> tables, IReadOnlyList<int> decisive, CancellationToken cancellationToken)
    {
        FeatureScale scale = FeatureScale.Of(tables);
        TrainingRun[] runs = [.. tables.Zip(decisive, (table, step) => new TrainingRun(scale.Scale(table), step))];
        FittedLogit broad = FittedLogit.Fit(runs, StepFeatures.Broad, cancellationToken), core = FittedLogit.Fit(runs, StepFeatures.Core, cancellationToken);
        return (new StepModels(scale, broad.Weights, core.Weights, BoostedTrees.Fit(tables, decisive, cancellationToken)), broad.Penalty);
    }

    private static double[] LogChances(double[] scores) => [.. ConditionalLogit.Shares(scores, 1).Select(share => Math.Log(Math.Max(LeastChance, share)))];
}
