namespace AgentTrace.Store.Retaining;

/// <summary>How much a store holds.</summary>
/// <param name="Spans">Spans.</param>
/// <param name="Runs">Runs.</param>
/// <param name="Bytes">Bytes that they take in the engine, indexes included.</param>
public readonly record struct StoreSize(long Spans, long Runs, long Bytes);
