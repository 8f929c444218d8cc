using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Storage;

/// <summary>Reads a run once more from its stored spans, where no record of it was kept.</summary>
internal sealed class StoredTraceReader(TimeProvider clock, ISpanStore? store = null)
{
    /// <summary>The run, or null where there is no store, or the trace in it is no agent run.</summary>
    public async ValueTask<RunRecord?> ReadRunAsync(UInt128 traceId, CancellationToken cancellationToken)
    {
        if (store is null)
            return null;
        IReadOnlyList<StoredBlock> blocks = await store.FindTraceAsync(traceId, cancellationToken).ConfigureAwait(false);
        AgentSpan[] spans = [.. blocks.SelectMany(block => block.SpansOf(traceId)).SelectMany(bytes => SpanCollector.Decode(bytes.Span))];
        if (spans.Length == 0 || SpanRunReader.Read(spans) is not { } run)
            return null;
        bool hasEnded = spans.Any(span => span.ParentSpanId is null);
        Completeness completeness = CompletenessCheck.Of(run, spans, new CompleteRun(TraceId.Of(traceId), [], 0, hasEnded, new()));
        return new RunRecord(run, spans.Length, clock.GetUtcNow())
        {
            Service = ServiceOf(run, spans),
            Completeness = completeness.Findings.Count == 0 ? null : completeness,
        };
    }

    /// <summary>The service of the run's own span, or of the first that names one.</summary>
    public static string? ServiceOf(AgentRun run, IReadOnlyCollection<AgentSpan> spans) =>
        spans.FirstOrDefault(span => span.SpanId == run.RootSpanId && span.ServiceName is not null)?.ServiceName
        ?? spans.FirstOrDefault(span => span.ServiceName is not null)?.ServiceName;
}
