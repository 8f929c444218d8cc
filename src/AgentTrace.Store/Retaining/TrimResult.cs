namespace AgentTrace.Store.Retaining;

/// <summary>What was let go.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Runs">Runs.</param>
public readonly record struct TrimResult(long Spans, long Runs);
