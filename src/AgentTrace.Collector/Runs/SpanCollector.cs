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

    private ref struct Visitor(List<AgentSpan> spans) : ISpanVisitor
    {
        private ReadOnlySpan<byte> _resource;
        private string? _serviceName;

        public readonly List<AgentSpan> Spans => spans;

        public void Visit(scoped in SpanHeader span)
        {
            if (span.Fault is not null)
                return;

            // All spans of a resource come with the very same bytes: a resource is read once, not once a span.
            if (_resource != span.Resource)
            {
                _resource = span.Resource;
                _serviceName = AgentSpanDecoder.ServiceName(_resource);
            }

            Spans.Add(AgentSpanDecoder.Decode(in span, _serviceName));
        }
    }
}
