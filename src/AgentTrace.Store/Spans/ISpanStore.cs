namespace AgentTrace.Store.Spans;

/// <summary>Keeps spans in compressed blocks and finds them by trace, or block by block for a search.</summary>
public interface ISpanStore
{
    /// <summary>Stores blocks, all or none; they are durable when this returns.</summary>
    /// <param name="blocks">The blocks, in the order their spans came.</param>
    /// <param name="written">When they came; retention by age goes by it, not by the clocks of those who sent them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, CancellationToken cancellationToken = default);

    /// <summary>The blocks that hold spans of the trace, in the order they were stored; empty when there are none.</summary>
    ValueTask<IReadOnlyList<StoredBlock>> FindTraceAsync(UInt128 traceId, CancellationToken cancellationToken = default);

    /// <summary>What is known of each block without reading it, the last stored first.</summary>
    /// <param name="fromUnixNano">Only blocks with a span that starts at or after this time.</param>
    /// <param name="toUnixNano">Only blocks with a span that starts at or before this time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, CancellationToken cancellationToken = default);

    /// <summary>The same of those blocks alone that may hold all of some names and attributes: what a search begins with.</summary>
    /// <param name="fromUnixNano">Only blocks with a span that starts at or after this time.</param>
    /// <param name="toUnixNano">Only blocks with a span that starts at or before this time.</param>
    /// <param name="tokens">What is looked for, see <see cref="BlockFilter"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, IReadOnlyCollection<ulong> tokens, CancellationToken cancellationToken = default) =>
        ScanAsync(fromUnixNano, toUnixNano, cancellationToken).Where(header => tokens.All(token => BlockFilter.MayContain(header.Filter.Span, token)));

    /// <summary>One block, or null when it was let go meanwhile.</summary>
    ValueTask<StoredBlock?> ReadBlockAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>The services and operations seen, in the order of their names.</summary>
    /// <param name="service">Only this service's; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<ServiceOperation>> ListOperationsAsync(string? service = null, CancellationToken cancellationToken = default);
}
