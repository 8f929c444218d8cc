namespace AgentTrace.Store.Spans;

/// <summary>Where some of a trace's spans lie in a block. A trace may have several entries in one block.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Offset">First byte, in the unpacked block.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct BlockEntry(UInt128 TraceId, int Offset, int Length);
