using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>Decodes the spans of a request for run assembly: agent spans whole, others only as places in the tree.</summary>
public static class SpanCollector
{
    /// <summary>Decodes all spans of an ExportTraceServiceRequest whose ids are valid.</summary>
    /// <exception cref="OtlpFormatException">The bytes are no valid request.</exception>
    public static IReadOnlyList<AgentSpan> Decode(ReadOnlySpan<byte> request)
    {
        var visitor = new Visitor([]);
        OtlpTraceScanner.Scan(request, ref visitor);
        return visitor.Spans;
    }

    /// <summary>The same for a request in OTLP/JSON.</summary>
    /// <exception cref="OtlpFormatException">The text is no valid request.</exception>
    public static IReadOnlyList<AgentSpan> DecodeJson(ReadOnlyMemory<byte> json) => Decode(OtlpJsonTranscoder.ToProtobuf(json));

    private readonly struct Visitor(List<AgentSpan> spans) : ISpanVisitor
    {
        public List<AgentSpan> Spans { get; } = spans;

        public void Visit(scoped in SpanHeader span)
        {
            if (span.Fault is null)
                Spans.Add(AgentSpanDecoder.Decode(in span, AgentSpanDecoder.ServiceName(span.Resource)));
        }
    }
}
