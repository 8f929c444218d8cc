using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Security;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>Looks through stored blocks, the last stored first, and unpacks those that may hold what is looked for.</summary>
internal sealed class SpanSearch(TraceLibrary traces, CollectorOptions options, TimeProvider clock)
{
    /// <summary>Spans in blocks that a condition may be met in.</summary>
    /// <param name="condition">What is looked for.</param>
    /// <param name="fromUnixNano">Only spans that start then or later.</param>
    /// <param name="toUnixNano">Only spans that start then or earlier.</param>
    /// <param name="cancellationToken">Ends it; so does <see cref="RequestLimits.SearchTime"/>, after which it gives no more.</param>
    public async IAsyncEnumerable<StoredSpan> FindSpansAsync(
        ISpanCondition condition, long fromUnixNano, long toUnixNano, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        await foreach (BlockHeader header in traces.Store.ScanAsync(fromUnixNano, toUnixNano, cancellationToken).ConfigureAwait(false))
        {
            if (clock.GetElapsedTime(started) > options.Limits.SearchTime)
                yield break;
            if (!condition.MayBeIn(header) || await traces.Store.ReadBlockAsync(header.Id, cancellationToken).ConfigureAwait(false) is not { } block)
                continue;
            byte[] raw = block.Unpack();
            foreach (BlockEntry entry in block.Directory)
                foreach (StoredSpan span in StoredSpanDecoder.Decode(raw.AsSpan(entry.Offset, entry.Length)))
                    if (span.StartTimeUnixNano >= (ulong)fromUnixNano && span.StartTimeUnixNano <= (ulong)toUnixNano && condition.Matches(span))
                        yield return span;
        }
    }

    /// <summary>The ids of at most <paramref name="limit"/> traces with a span that meets the condition, those stored last first.</summary>
    public async ValueTask<IReadOnlyList<TraceId>> FindTracesAsync(ISpanCondition condition, long fromUnixNano, long toUnixNano, int limit, CancellationToken cancellationToken)
    {
        var found = new OrderedDictionary<TraceId, bool>();
        await foreach (StoredSpan span in FindSpansAsync(condition, fromUnixNano, toUnixNano, cancellationToken).ConfigureAwait(false))
            if (found.TryAdd(span.TraceId, true) && found.Count >= limit)
                break;
        return [.. found.Keys];
    }
}
