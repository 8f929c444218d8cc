using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Attribution.Judges.Reliability;

/// <summary>How <see cref="JudgeReliability.MeasureAsync"/> asks; the prompt settings must be those of the attributions to come.</summary>
public sealed record ReliabilityOptions : JudgeMethodOptions
{
    /// <summary>Questions of each of the two kinds for one run, at least 1. Default: 4.</summary>
    public int QuestionsPerKind { get; init; } = 4;

    /// <summary>Who proposes the steps worth asking about, so that the questions are like those of a search; null to draw them at random.</summary>
    public IFailureAttributor? Prior { get; init; }

    /// <summary>Seed of the draw. Default: 0.</summary>
    public int Seed { get; init; }

    /// <summary>A name to keep in <see cref="JudgeReliability.Judge"/>.</summary>
    public string? JudgeName { get; init; }

    internal override void Check()
    {
        base.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(QuestionsPerKind, 1);
    }
}
