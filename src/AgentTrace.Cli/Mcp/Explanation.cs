using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Cli.Mcp;

/// <summary>Why a run failed, as far as is known; long texts are cut.</summary>
internal sealed record Explanation
{
    public required string TraceId { get; init; }

    public string? Workflow { get; init; }

    public string? Task { get; init; }

    public required string Outcome { get; init; }

    public string? OutcomeReason { get; init; }

    public int Steps { get; init; }

    /// <summary>Null while there is none.</summary>
    public string? Verdict { get; init; }

    public string? Agent { get; init; }

    /// <summary>0-based.</summary>
    public int? Step { get; init; }

    public string? Reason { get; init; }

    /// <summary>Probability 0..1 that the blamed step is right.</summary>
    public double? Confidence { get; init; }

    public string? Method { get; init; }

    /// <summary>The likeliest steps.</summary>
    public IEnumerable<StepBlame> Ranking { get; init; } = [];

    public ShownStep? CulpritStep { get; init; }

    /// <summary>What people say.</summary>
    public IEnumerable<string> Labels { get; init; } = [];
}
