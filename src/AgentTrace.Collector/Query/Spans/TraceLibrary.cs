using AgentTrace.Collector.Otlp;
using AgentTrace.Store.Spans;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query.Spans;

/// <summary>Reads whole traces from the store.</summary>
internal sealed class TraceLibrary(ISpanStore? store = null)
{
    /// <summary>The store.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public ISpanStore Store => store ?? throw new ApiException(StatusCodes.Status501NotImplemented, "spans are not kept here: start the collector with a store (--store FILE)");

    /// <summary>The trace as an OTLP TracesData message; null where none of it is kept. A span that was sent twice is in it once, as it came last.</summary>
    public async ValueTask<byte[]?> FindAsync(UInt128 traceId, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredBlock> blocks = await Store.FindTraceAsync(traceId, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte>[] parts = [.. blocks.SelectMany(block => block.SpansOf(traceId))];
        if (parts.Length == 0)
            return null;
        byte[] whole = new byte[parts.Sum(part => part.Length)];
        int at = 0;
        foreach (ReadOnlyMemory<byte> part in parts)
        {
            part.CopyTo(whole.AsMemory(at));
            at += part.Length;
        }

        SplitRequest split = SplitRequest.Read(whole);
        var last = new Dictionary<ulong, int>();
        for (int i = 0; i < split.Count; i++)
            last[split.SpanId(i)] = i;
        return last.Count == split.Count ? whole : split.Write([.. last.Values.Order()]);
    }

    /// <summary>The trace's spans by their start; null where none is kept.</summary>
    public async ValueTask<IReadOnlyList<StoredSpan>?> FindSpansAsync(UInt128 traceId, CancellationToken cancellationToken) =>
        await FindAsync(traceId, cancellationToken).ConfigureAwait(false) is { } bytes ? [.. StoredSpanDecoder.Decode(bytes).OrderBy(span => span.StartTimeUnixNano)] : null;
}
