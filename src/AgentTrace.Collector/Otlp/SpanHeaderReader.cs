using System.Runtime.CompilerServices;

namespace AgentTrace.Collector.Otlp;

/// <summary>Reads the ids of one span and whether it speaks of agents; judges the ids.</summary>
internal static class SpanHeaderReader
{
    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    /// <summary>Reads one span's message, which begins at this byte of the request.</summary>
    public static SpanHeader Read(ReadOnlySpan<byte> message, int offset)
    {
        SpanHeader span = default;
        Read(message, offset, ref span);
        return span;
    }

    /// <summary>The same into a header that is used again; its resource stays as it is.</summary>
    /// <remarks>Every span of every request comes through here: it is compiled well at once, not after it has been slow for a while.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Read(ReadOnlySpan<byte> message, int offset, ref SpanHeader span)
    {
        span.Message = message;
        span.TraceId = span.SpanId = span.ParentSpanId = span.Name = span.Status = default;
        span.StartTimeUnixNano = span.EndTimeUnixNano = 0;
        span.IsAgent = false;
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
                case OtlpFields.Span.Name when type == WireType.Bytes:
                    span.Name = reader.ReadBytes();
                    break;
                case OtlpFields.Span.StartTimeUnixNano when type == WireType.Fixed64:
                    span.StartTimeUnixNano = reader.ReadFixed64();
                    break;
                case OtlpFields.Span.EndTimeUnixNano when type == WireType.Fixed64:
                    span.EndTimeUnixNano = reader.ReadFixed64();
                    break;
                case OtlpFields.Span.Status when type == WireType.Bytes:
                    span.Status = reader.ReadBytes();
                    break;
                default:
                    reader.Skip(field, type);
                    break;
            }
        }

        span.Fault = FaultOf(in span);
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
