using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Runs.Dialects;

namespace AgentTrace.Collector.Runs;

/// <summary>Reads the spans of a request for run assembly: agent spans whole, others only as places in the tree.</summary>
public static class SpanCollector
{
    /// <summary>Decodes all spans of an ExportTraceServiceRequest whose ids are valid.</summary>
    /// <exception cref="OtlpFormatException">The bytes are no valid request.</exception>
    public static IReadOnlyList<AgentSpan> Decode(ReadOnlySpan<byte> request)
    {
        var visitor = new Decoder([]);
        OtlpTraceScanner.Scan(request, ref visitor);
        return visitor.Spans;
    }

    /// <summary>The same for a request in OTLP/JSON.</summary>
    /// <exception cref="OtlpFormatException">The text is no valid request.</exception>
    public static IReadOnlyList<AgentSpan> DecodeJson(ReadOnlyMemory<byte> json) => Decode(OtlpJsonTranscoder.ToProtobuf(json));

    /// <summary>Scans a request: the places of all its valid spans, the bytes of its agent spans, and what is wrong with the others.</summary>
    /// <exception cref="OtlpFormatException">The bytes are no valid request.</exception>
    internal static void Scan(ReadOnlySpan<byte> request, ScannedRequest target)
    {
        var visitor = new Gatherer(target);
        OtlpTraceScanner.Scan(request, ref visitor);
    }

    /// <summary>All spans of a resource come with the very same bytes: a resource is read once, not once a span.</summary>
    private ref struct Service
    {
        private ReadOnlySpan<byte> _resource;
        private SpanService? _service;

        public SpanService? Of(scoped in SpanHeader span)
        {
            if (_resource != span.Resource)
            {
                _resource = span.Resource;
                _service = AgentSpanDecoder.Service(_resource);
            }

            return _service;
        }
    }

    private ref struct Decoder(List<AgentSpan> spans) : ISpanVisitor
    {
        private Service _service;

        public readonly List<AgentSpan> Spans => spans;

        public void Visit(scoped in SpanHeader span)
        {
            if (span.Fault is null)
                Spans.Add(SpanDialects.Normalize(AgentSpanDecoder.Decode(in span, _service.Of(in span))));
        }
    }

    private ref struct Gatherer(ScannedRequest target) : ISpanVisitor
    {
        private Service _service;

        public void Visit(scoped in SpanHeader span)
        {
            if (span.Fault is null)
                target.Spans.Add(SpanGlance.Read(in span, span.IsAgent ? _service.Of(in span) : null, target.Bytes));
            else
                target.Reject(span.Fault);
        }
    }
}
