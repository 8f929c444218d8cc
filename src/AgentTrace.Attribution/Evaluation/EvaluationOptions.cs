namespace AgentTrace.Attribution.Evaluation;

/// <summary>How an evaluation is run.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Into how many parts the runs are cut for a method that learns; each part is judged by what was learned from the others.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>The seeds of the cuts, and of simulated judges; with several the figures are means.</summary>
    public IReadOnlyList<int> Seeds { get; init; } = [1];

    /// <summary>Where the times come from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
