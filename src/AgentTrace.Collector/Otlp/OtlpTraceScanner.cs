using System.Runtime.CompilerServices;

namespace AgentTrace.Collector.Otlp;

/// <summary>
/// Walks an ExportTraceServiceRequest in place and shows each span to a visitor.
/// Malformed protobuf fails the request; a span with unusable ids only itself.
/// </summary>
/// <remarks>Field numbers: opentelemetry-proto, trace/v1/trace.proto.</remarks>
internal static class OtlpTraceScanner
{
    public static void Scan<TVisitor>(ReadOnlySpan<byte> request, ref TVisitor visitor) where TVisitor : struct, ISpanVisitor, allows ref struct
    {
        var reader = new ProtobufReader(request);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field != OtlpFields.Request.ResourceSpans)
            {
                reader.Skip(field, type);
                continue;
            }

            reader.Expect(type, WireType.Bytes, "resource_spans");
            ScanResource(reader.ReadMessage(), ref visitor);
        }
    }

    private static void ScanResource<TVisitor>(ProtobufReader reader, ref TVisitor visitor) where TVisitor : struct, ISpanVisitor, allows ref struct
    {
        // The resource may stand after its spans: field order is free. It is found first, so that every span sees it.
        ReadOnlySpan<byte> resource = default;
        ProtobufReader resources = reader;
        while (resources.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.ResourceSpans.Resource && type == WireType.Bytes)
                resource = resources.ReadBytes();
            else
                resources.Skip(field, type);
        }

        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field != OtlpFields.ResourceSpans.ScopeSpans)
            {
                reader.Skip(field, type);
                continue;
            }

            reader.Expect(type, WireType.Bytes, "scope_spans");
            ScanScope(reader.ReadMessage(), resource, ref visitor);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScanScope<TVisitor>(ProtobufReader reader, ReadOnlySpan<byte> resource, ref TVisitor visitor)
        where TVisitor : struct, ISpanVisitor, allows ref struct
    {
        SpanHeader span = default;
        span.Resource = resource;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field != OtlpFields.ScopeSpans.Spans)
            {
                reader.Skip(field, type);
                continue;
            }

            reader.Expect(type, WireType.Bytes, "spans");
            ReadOnlySpan<byte> message = reader.ReadBytes();
            SpanHeaderReader.Read(message, reader.Offset - message.Length, ref span);
            visitor.Visit(in span);
        }
    }
}
