using AgentTrace.Attribution.Learning.Fitting;

namespace AgentTrace.Attribution.Learning;

/// <summary>What was learned from a team's labelled runs: how much each feature of a step speaks for its being the decisive error.</summary>
/// <remarks>
/// Made by <see cref="RankerTrainer"/>, kept as JSON by <see cref="RankerFile"/>, used by <see cref="LearnedAttributor"/>. A ranker learns the habits
/// of one system: trained on one, it is worth nothing on another, and <see cref="LearnedAttributor"/> does not use it there.
/// </remarks>
public sealed class StepRanker
{
    internal StepRanker(StepModels models, bool coreAlone, Pool choice, Pool trust, RunProfile profile)
    {
        Models = models;
        CoreAlone = coreAlone;
        Choice = choice;
        Trust = trust;
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

    internal StepModels Models { get; }

    /// <summary>Whether the small model alone was surprised less by runs left out than all together.</summary>
    internal bool CoreAlone { get; }

    /// <summary>What <see cref="ModelScores.Choice"/> counts beside the signals when a step is chosen.</summary>
    internal Pool Choice { get; }

    /// <summary>What <see cref="ModelScores.Trust"/> counts beside the signals when it is said how sure that is.</summary>
    internal Pool Trust { get; }

    internal RunProfile Profile { get; }
}
