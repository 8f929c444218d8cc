namespace AgentTrace.Collector.Otlp;

/// <summary>Copies a request without the spans that have a fault; everything else comes out byte for byte, unknown fields too.</summary>
internal static class OtlpTraceFilter
{
    public static byte[] WithoutFaults(ReadOnlySpan<byte> request)
    {
        var writer = new ProtobufWriter(request.Length);
        Copy(new ProtobufReader(request), request, 0, writer, level: 0);
        return writer.ToArray();
    }

    /// <summary>Levels: 0 the request, 1 resource spans, 2 scope spans; the member to descend into is named by its field number.</summary>
    private static void Copy(ProtobufReader reader, ReadOnlySpan<byte> message, int origin, ProtobufWriter writer, int level)
    {
        int descend = level switch
        {
            0 => OtlpFields.Request.ResourceSpans,
            1 => OtlpFields.ResourceSpans.ScopeSpans,
            _ => OtlpFields.ScopeSpans.Spans,
        };
        int start = reader.Offset;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field != descend)
            {
                reader.Skip(field, type);
                writer.Raw(message[(start - origin)..(reader.Offset - origin)]);
            }
            else
            {
                ReadOnlySpan<byte> member = reader.ReadBytes();
                int memberOrigin = reader.Offset - member.Length;
                if (level < 2)
                {
                    int open = writer.BeginMessage(field);
                    Copy(new ProtobufReader(member, memberOrigin), member, memberOrigin, writer, level + 1);
                    writer.EndMessage(open);
                }
                else if (SpanHeaderReader.Read(member, memberOrigin).Fault is null)
                {
                    writer.Bytes(field, member);
                }
            }

            start = reader.Offset;
        }
    }
}
