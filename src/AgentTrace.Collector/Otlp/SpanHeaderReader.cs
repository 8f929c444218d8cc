namespace AgentTrace.Collector.Otlp;

/// <summary>Reads the ids of one span and whether it speaks of agents; judges the ids.</summary>
internal static class SpanHeaderReader
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    public static SpanHeader Read(ReadOnlySpan<byte> message, int offset)
    {
        SpanHeader span = default;
        span.Message = message;
        var reader = new ProtobufReader(message, offset);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            switch (field)
            {
                case OtlpFields.Span.TraceId:
                    reader.Expect(type, WireType.Bytes, "trace_id");
                    span.TraceId = reader.ReadBytes();
                    break;
                case OtlpFields.Span.SpanId:
                    reader.Expect(type, WireType.Bytes, "span_id");
                    span.SpanId = reader.ReadBytes();
                    break;
                case OtlpFields.Span.ParentSpanId:
                    reader.Expect(type, WireType.Bytes, "parent_span_id");
                    span.ParentSpanId = reader.ReadBytes();
                    break;
                case OtlpFields.Span.Attributes:
                    reader.Expect(type, WireType.Bytes, "attributes");
                    span.IsAgent |= AgentAttributePrefixes.Match(FirstString(reader.ReadMessage(), OtlpFields.KeyValue.Key));
                    break;
                case OtlpFields.Span.Events:
                    reader.Expect(type, WireType.Bytes, "events");
                    span.IsAgent |= AgentAttributePrefixes.Match(FirstString(reader.ReadMessage(), OtlpFields.Event.Name));
                    break;
                default:
                    reader.Skip(field, type);
                    break;
            }
        }

        span.Fault = FaultOf(in span);
        return span;
    }

    private static string? FaultOf(in SpanHeader span)
    {
        if (span.TraceId.Length != TraceIdBytes)
            return $"trace_id has {span.TraceId.Length} bytes, not {TraceIdBytes}";
        if (span.SpanId.Length != SpanIdBytes)
            return $"span_id has {span.SpanId.Length} bytes, not {SpanIdBytes}";
        if (span.ParentSpanId.Length is not (0 or SpanIdBytes))
            return $"parent_span_id has {span.ParentSpanId.Length} bytes, not {SpanIdBytes} or none";
        if (!span.TraceId.ContainsAnyExcept((byte)0))
            return "trace_id is all zeros";
        return span.SpanId.ContainsAnyExcept((byte)0) ? null : "span_id is all zeros";
    }

    private static ReadOnlySpan<byte> FirstString(ProtobufReader reader, int wanted)
    {
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == wanted && type == WireType.Bytes)
                return reader.ReadBytes();
            reader.Skip(field, type);
        }

        return default;
    }
}
