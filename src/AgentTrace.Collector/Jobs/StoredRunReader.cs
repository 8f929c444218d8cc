using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;
using AgentTrace.Conventions;
using AgentTrace.Store;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Jobs;

/// <summary>Gathers a run from the store, whichever nodes its spans came to.</summary>
internal sealed class StoredRunReader(CollectorOptions options, ITraceStore store)
{
    /// <summary>The run as one node that got all its spans would have it, within the same bounds.</summary>
    /// <param name="traceId">Its trace.</param>
    /// <param name="revision">How many verdicts on it are in the store: their own spans are not the run's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<CompleteRun> ReadAsync(UInt128 traceId, int revision, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredBlock> blocks = await store.FindTraceAsync(traceId, cancellationToken).ConfigureAwait(false);
        var id = TraceId.Of(traceId);
        HashSet<ulong> verdicts = [.. Enumerable.Range(1, revision).SelectMany(number => new[]
        {
            Number(SpanIds.Derive(id.ToString(), AttributionAttributes.AttributeFailureSpan, number)),
            Number(SpanIds.Derive(id.ToString(), AttributionAttributes.DecisiveErrorSpan, number)),
        })];
        var run = new PendingRun(id, TimeSpan.Zero, options);
        foreach (ReadOnlyMemory<byte> part in blocks.SelectMany(block => block.SpansOf(traceId)))
            Add(run, part.Span, verdicts);
        return run.HandOn(TimeSpan.Zero);
    }

    private static void Add(PendingRun run, ReadOnlySpan<byte> part, HashSet<ulong> verdicts)
    {
        using var scanned = ScannedRequest.Begin();
        SpanCollector.Scan(part, scanned);
        foreach (GatheredSpan span in scanned.Spans)
            if (span.TraceId == run.TraceId && !verdicts.Contains(span.SpanId))
                run.Add(in span, TimeSpan.Zero);
    }

    private static ulong Number(string spanId) => Convert.ToUInt64(spanId, 16);
}
