using System.Text;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Viewer.Circuits;

/// <summary>Finds what probes read in a run: in its stored spans.</summary>
internal sealed class ProbeLibrary(TraceLibrary traces, CollectorOptions options)
{
    private static readonly byte[] s_mark = Encoding.UTF8.GetBytes(ProbeAttributes.Task);

    /// <summary>Whether spans are kept at all.</summary>
    public bool IsKept => options.Store is not null;

    /// <summary>The readings of a run, without their nodes, in the order of time; none where spans are not kept.</summary>
    public async ValueTask<IReadOnlyList<ProbeReading>> ListAsync(TraceId trace, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredSpan> spans = await SpansAsync(trace, cancellationToken).ConfigureAwait(false);
        return [.. spans.Values.Where(ProbeSpanDecoder.IsProbe).OrderBy(span => span.StartTimeUnixNano).Select(span => ProbeSpanDecoder.ReadProbe(span, Parent(span, spans)))];
    }

    /// <summary>One reading with its nodes; null where there is none.</summary>
    public async ValueTask<ProbeReading?> FindAsync(TraceId trace, string spanId, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredSpan> spans = await SpansAsync(trace, cancellationToken).ConfigureAwait(false);
        if (!spans.TryGetValue(spanId, out StoredSpan? probe) || !ProbeSpanDecoder.IsProbe(probe))
            return null;
        ILookup<string?, StoredSpan> children = spans.Values.Where(ProbeSpanDecoder.IsNode).ToLookup(span => span.ParentSpanId);
        var nodes = new List<ProbeNode>();
        // Parents may be anything, a circle too: a span is taken once.
        var taken = new HashSet<string>([spanId]);
        var open = new Queue<string>([spanId]);
        while (open.TryDequeue(out string? above))
        {
            foreach (StoredSpan span in children[above].Where(span => taken.Add(span.SpanId)))
            {
                nodes.Add(ProbeSpanDecoder.ReadNode(span));
                open.Enqueue(span.SpanId);
            }
        }

        return ProbeSpanDecoder.ReadProbe(probe, Parent(probe, spans)) with { Nodes = [.. nodes.OrderByDescending(node => Math.Abs(node.Contribution)).ThenBy(node => node.Name, StringComparer.Ordinal)] };
    }

    private static StoredSpan? Parent(StoredSpan span, Dictionary<string, StoredSpan> spans) => span.ParentSpanId is { } above ? spans.GetValueOrDefault(above) : null;

    private async ValueTask<Dictionary<string, StoredSpan>> SpansAsync(TraceId trace, CancellationToken cancellationToken)
    {
        if (!IsKept || await traces.FindAsync(trace.Number, cancellationToken).ConfigureAwait(false) is not { } bytes)
            return [];
        // Most runs have no probe; to see that, nothing need be decoded.
        if (bytes.AsSpan().IndexOf(s_mark) < 0)
            return [];
        return StoredSpanDecoder.Decode(bytes).ToDictionary(span => span.SpanId);
    }
}
