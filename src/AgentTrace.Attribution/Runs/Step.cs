namespace AgentTrace.Attribution.Runs;

/// <summary>One turn of one agent: the unit that is blamed.</summary>
public sealed record Step
{
    /// <summary>0-based place in the run.</summary>
    public required int Index { get; init; }

    /// <summary>The agent's base name: who is blamed when this step is.</summary>
    public required string Agent { get; init; }

    /// <summary>The speaker as the source wrote it, for example <c>Orchestrator (-> WebSurfer)</c>; equals <see cref="Agent"/> elsewhere.</summary>
    public required string Speaker { get; init; }

    /// <summary>What the agent was given, as text; null when it was not captured.</summary>
    public string? Input { get; init; }

    /// <summary>What the agent said, as text; empty when it was not captured.</summary>
    public string Output { get; init; } = "";

    /// <summary>The tools the agent called in this turn, in order.</summary>
    public IReadOnlyList<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The turn's own error (status description, exception message or error type); null when it had none.</summary>
    public string? Error { get; init; }

    /// <summary>The agent that handed over to this one.</summary>
    public string? HandoffFrom { get; init; }

    /// <summary>The agent this turn handed over to.</summary>
    public string? HandoffTo { get; init; }

    /// <summary>True when the caller stopped reading the turn before its end.</summary>
    public bool Abandoned { get; init; }

    /// <summary>Hex id of the turn's span; null for a log.</summary>
    public string? SpanId { get; init; }

    /// <summary>Hex id of the span this one hangs under; null for a log or a root.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>Hex ids of the spans this turn links to: what it consumed.</summary>
    public IReadOnlyList<string> LinkedSpanIds { get; init; } = [];

    /// <summary>When the turn started; null for a log without times.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When the turn ended; null for a log without times.</summary>
    public DateTimeOffset? EndTime { get; init; }
}
