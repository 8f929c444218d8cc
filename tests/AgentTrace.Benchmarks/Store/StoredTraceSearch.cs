using System.Text;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.Spans;

namespace AgentTrace.Benchmarks.Store;

/// <summary>A search for traces as the query side does it: the filters of the last blocks first, then the spans of those that may match.</summary>
internal static class StoredTraceSearch
{
    /// <summary>Up to so many traces in which some span has this attribute.</summary>
    public static async Task<HashSet<UInt128>> FindAsync(ITraceStore store, string key, string value, int limit)
    {
        byte[] text = Encoding.UTF8.GetBytes(value);
        ulong token = SearchTokens.Value(key, value) ?? throw new ArgumentException("No filter holds this value.", nameof(value));
        var found = new HashSet<UInt128>();
        await foreach (BlockHeader header in store.ScanAsync(0, long.MaxValue, [token]).ConfigureAwait(false))
        {
            if (await store.ReadBlockAsync(header.Id).ConfigureAwait(false) is not { } block)
                continue;
            byte[] raw = block.Unpack();
            foreach (BlockEntry entry in block.Directory)
            {
                // Spans are decoded only where the text stands at all.
                Span<byte> spans = raw.AsSpan(entry.Offset, entry.Length);
                if (!found.Contains(entry.TraceId) && spans.IndexOf(text) >= 0 && Matches(spans, key, value))
                    found.Add(entry.TraceId);
                if (found.Count == limit)
                    return found;
            }
        }

        return found;
    }

    private static bool Matches(ReadOnlySpan<byte> spans, string key, string value) =>
        SpanCollector.Decode(spans).Any(span => span.Text(key) == value);
}
