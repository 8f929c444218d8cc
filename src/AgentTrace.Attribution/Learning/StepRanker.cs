using AgentTrace.Attribution.Learning.Fitting;

namespace AgentTrace.Attribution.Learning;

/// <summary>What was learned from a team's labelled runs: how much each feature of a step speaks for its being the decisive error.</summary>
/// <remarks>
/// Made by <see cref="RankerTrainer"/>, kept as JSON by <see cref="RankerFile"/>, used by <see cref="LearnedAttributor"/>. A ranker learns the habits
/// of one system: trained on one, it is worth nothing on another, and <see cref="LearnedAttributor"/> does not use it there.
/// </remarks>
public sealed class StepRanker
{
    internal StepRanker(FeatureScale scale, double[] weights, double sharpness, ConfidenceCurve confidence, RunProfile profile)
    {
        Scale = scale;
        Weights = weights;
        Sharpness = sharpness;
        Confidence = confidence;
        Profile = profile;
    }

    /// <summary>How many labelled runs it was trained on.</summary>
    public required int TrainingRuns { get; init; }

    /// <summary>How many steps those runs had together.</summary>
    public required int TrainingSteps { get; init; }

    /// <summary>The penalty on large weights that was best on runs left out.</summary>
    public required double Penalty { get; init; }

    /// <summary>Twelve hex digits that name what was learned: the same training runs give the same.</summary>
    public string Id => RankerFile.IdOf(this);

    internal FeatureScale Scale { get; }

    internal double[] Weights { get; }

    /// <summary>One over the temperature of the softmax.</summary>
    internal double Sharpness { get; }

    internal ConfidenceCurve Confidence { get; }

    internal RunProfile Profile { get; }
}
