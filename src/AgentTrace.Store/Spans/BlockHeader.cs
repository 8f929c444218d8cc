namespace AgentTrace.Store.Spans;

/// <summary>What is known of a stored block without reading it.</summary>
/// <param name="Id">Its id; larger ones were stored later.</param>
/// <param name="Errors">How many of its spans are in error.</param>
/// <param name="MaxDurationNano">How long its longest span takes, nanoseconds.</param>
/// <param name="Filter">Which names and attributes occur in it, as <see cref="BlockFilter"/> reads it.</param>
public readonly record struct BlockHeader(long Id, int Errors, long MaxDurationNano, ReadOnlyMemory<byte> Filter);
