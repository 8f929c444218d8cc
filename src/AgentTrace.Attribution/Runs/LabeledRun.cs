namespace AgentTrace.Attribution.Runs;

/// <summary>A run and, where someone has labelled it, its gold answer. Attributors are given <see cref="Run"/> alone.</summary>
public sealed record LabeledRun
{
    /// <summary>The run.</summary>
    public required AgentRun Run { get; init; }

    /// <summary>The gold answer; null for a run nobody has labelled.</summary>
    public RunLabel? Label { get; init; }
}
