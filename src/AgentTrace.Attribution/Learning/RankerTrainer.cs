using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Learning.Features;
using AgentTrace.Attribution.Learning.Fitting;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Learning;

/// <summary>Learns a <see cref="StepRanker"/> from labelled runs of one system.</summary>
/// <remarks>
/// Two conditional logits and boosted trees over the features of steps. Whether all are asked or the small logit alone, and how far they are believed
/// beside the structural signals, is measured on runs left out, by three folds. Deterministic: the same runs in the same order give the same ranker.
/// </remarks>
public static class RankerTrainer
{
    /// <summary>The fewest labelled runs that can be learned from.</summary>
    public const int FewestRuns = 5;

    private const int Folds = 3;
    private const int FoldSeed = 12345;

    // To be sure of a step takes more than to choose it.
    private const double PriceOfChoice = 1;
    private const double PriceOfTrust = 4;
    private static readonly StepScorer s_scorer = new(SignalWeights.Default);

    /// <summary>Trains on the labelled runs; runs without a label, without steps, or whose label names a step they do not have are left out.</summary>
    /// <exception cref="ArgumentException">Fewer than <see cref="FewestRuns"/> can be learned from; the message says how many there are.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static StepRanker Train(IEnumerable<LabeledRun> runs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runs);
        List<LabeledRun> labelled = [.. runs.Where(run => run.Label is { Step: >= 0 } label && label.Step < run.Run.Steps.Count)];
        if (labelled.Count < FewestRuns)
            throw new ArgumentException($"{labelled.Count} labelled runs are too few to learn from: label at least {FewestRuns} failed runs of the same system.", nameof(runs));

        List<FeatureTable> tables = [.. labelled.Select(run => FeaturesOf(run.Run))];
        List<int> decisive = [.. labelled.Select(run => run.Label!.Step)];
        (ModelScores All, ModelScores Core)[] leftOut = LeaveOut(tables, decisive, cancellationToken);
        bool coreAlone = LeastSurprise(leftOut.Select(run => run.Core), decisive) < LeastSurprise(leftOut.Select(run => run.All), decisive);
        ModelScores[] asked = [.. leftOut.Select(run => coreAlone ? run.Core : run.All)];
        double[][] signals = [.. tables.Select(StepFeatures.SignalTotals)];
        (StepModels models, double penalty) = StepModels.Fit(tables, decisive, cancellationToken);
        Pool choice = Pool.Best([.. asked.Select(run => run.Choice)], signals, decisive, PriceOfChoice);
        Pool trust = Pool.Best([.. asked.Select(run => run.Trust)], signals, decisive, PriceOfTrust);
        return new StepRanker(models, coreAlone, choice, trust, RunProfile.Of(tables))
        {
            TrainingRuns = labelled.Count,
            TrainingSteps = tables.Sum(table => table.Steps),
            Penalty = penalty,
        };
    }

    internal static FeatureTable FeaturesOf(AgentRun run)
    {
        using RunView view = new(run);
        return StepFeatures.Of(view, s_scorer.Score(view));
    }

    private static double LeastSurprise(IEnumerable<ModelScores> leftOut, List<int> decisive)
    {
        (double[] Scores, int Decisive)[] runs = [.. leftOut.Zip(decisive, (run, step) => (run.Choice, step))];
        double sharpness = Sharpness.Best(runs);
        return runs.Sum(run => ConditionalLogit.Surprise(run.Scores, run.Decisive, sharpness));
    }

    // What each run's steps would score had it not been learned from.
    private static (ModelScores All, ModelScores Core)[] LeaveOut(List<FeatureTable> tables, List<int> decisive, CancellationToken cancellationToken)
    {
        int[] order = [.. Enumerable.Range(0, tables.Count)];
        new Random(FoldSeed).Shuffle(order);
        var scores = new (ModelScores, ModelScores)[tables.Count];
        for (int fold = 0; fold < Folds; fold++)
        {
            int[] others = [.. order.Where((_, place) => place % Folds != fold)];
            (StepModels models, _) = StepModels.Fit([.. others.Select(run => tables[run])], [.. others.Select(run => decisive[run])], cancellationToken);
            foreach (int run in order.Where((_, place) => place % Folds == fold))
                scores[run] = (models.ScoresOf(tables[run], coreAlone: false), models.ScoresOf(tables[run], coreAlone: true));
        }

        return scores;
    }
}
