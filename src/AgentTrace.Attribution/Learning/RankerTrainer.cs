using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Learning.Features;
using AgentTrace.Attribution.Learning.Fitting;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Learning;

/// <summary>Learns a <see cref="StepRanker"/> from labelled runs of one system.</summary>
/// <remarks>
/// A conditional logit over the features of steps. The penalty on its weights, one of four, the temperature of its probabilities and the curve of its
/// confidence are those that fit best to runs left out. Deterministic: the same runs in the same order give the same ranker.
/// </remarks>
public static class RankerTrainer
{
    /// <summary>The fewest labelled runs that can be learned from.</summary>
    public const int FewestRuns = 5;

    private const double LowestSharpness = 0.3;
    private const double HighestSharpness = 1.5;
    private const double SharpnessStep = 0.05;
    private static readonly double[] s_penalties = [300, 100, 30, 10];
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
        FeatureScale scale = FeatureScale.Of(tables);
        List<TrainingRun> training = [.. tables.Zip(labelled, (table, run) => new TrainingRun(scale.Scale(table), run.Label!.Step))];
        (double penalty, double[] weights, double[][] leftOut) = FitBest(training, cancellationToken);
        double sharpness = SharpnessOf(training, leftOut);
        return new StepRanker(scale, weights, sharpness, ConfidenceCurve.Fit([.. training.Select((run, i) => VerdictOn(run, leftOut[i], sharpness))]), RunProfile.Of(tables))
        {
            TrainingRuns = labelled.Count,
            TrainingSteps = training.Sum(run => run.Rows.Length),
            Penalty = penalty,
        };
    }

    internal static FeatureTable FeaturesOf(AgentRun run)
    {
        using RunView view = new(run);
        return StepFeatures.Of(view, s_scorer.Score(view));
    }

    private static (double Penalty, double[] Weights, double[][] LeftOut) FitBest(List<TrainingRun> training, CancellationToken cancellationToken)
    {
        (double Penalty, double[] Weights, double[][] LeftOut) best = default;
        double least = double.PositiveInfinity;
        double[] weights = new double[StepFeatures.Count];
        foreach (double penalty in s_penalties)
        {
            weights = ConditionalLogit.Fit(training, penalty, weights, cancellationToken);
            double[][] leftOut = ConditionalLogit.LeaveOneOut(training, penalty, weights, cancellationToken);
            double surprise = SurpriseOf(training, leftOut, 1);
            if (surprise < least)
                (best, least) = ((penalty, weights, leftOut), surprise);
        }

        return best;
    }

    private static double SharpnessOf(List<TrainingRun> training, double[][] leftOut)
    {
        double best = 1, least = double.PositiveInfinity;
        for (double sharpness = LowestSharpness; sharpness <= HighestSharpness; sharpness += SharpnessStep)
        {
            double surprise = SurpriseOf(training, leftOut, sharpness);
            if (surprise < least)
                (best, least) = (sharpness, surprise);
        }

        return best;
    }

    private static double SurpriseOf(List<TrainingRun> training, double[][] leftOut, double sharpness) =>
        training.Select((run, i) => ConditionalLogit.Surprise(leftOut[i], run.Decisive, sharpness)).Sum();

    private static (double Probability, bool Right) VerdictOn(TrainingRun run, double[] scores, double sharpness)
    {
        int first = Array.IndexOf(scores, scores.Max());
        return (Math.Exp(-ConditionalLogit.Surprise(scores, first, sharpness)), first == run.Decisive);
    }
}
