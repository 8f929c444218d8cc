using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Jobs;

/// <summary>What a node decided about a run: stored whole or not at all.</summary>
public sealed record RunDecision
{
    /// <summary>The run with its verdict.</summary>
    public required StoredRun Run { get; init; }

    /// <summary>The verdict's own spans; may be empty.</summary>
    public IReadOnlyList<SpanBlock> Blocks { get; init; } = [];

    /// <summary>What the next node that judges this run must know.</summary>
    public required ReadOnlyMemory<byte> State { get; init; }

    /// <summary>What is to be passed on once this is stored; empty for nothing.</summary>
    public ReadOnlyMemory<byte> Outbox { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset At { get; init; }
}
