using System.Text;
using AgentTrace.Attribution.Runs.Spans;

namespace AgentTrace.Collector.Otlp;

/// <summary>Decodes one scanned span into the record that attribution reads.</summary>
internal static class AgentSpanDecoder
{
    /// <summary>Decodes a span whose header has no fault. A span that is no agent span comes without attributes: only its place in the tree counts.</summary>
    public static AgentSpan Decode(scoped in SpanHeader header, SpanService? service)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var events = new List<AgentSpanEvent>();
        var links = new List<string>();
        string name = "";
        ulong start = 0, end = 0;
        (SpanStatus status, string? message) = (SpanStatus.Unset, null);

        var reader = new ProtobufReader(header.Message);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            switch (field)
            {
                case OtlpFields.Span.Name when type == WireType.Bytes:
                    name = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case OtlpFields.Span.StartTimeUnixNano when type == WireType.Fixed64:
                    start = reader.ReadFixed64();
                    break;
                case OtlpFields.Span.EndTimeUnixNano when type == WireType.Fixed64:
                    end = reader.ReadFixed64();
                    break;
                case OtlpFields.Span.Attributes when type == WireType.Bytes && header.IsAgent:
                    AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), attributes);
                    break;
                case OtlpFields.Span.Events when type == WireType.Bytes && header.IsAgent:
                    events.Add(ReadEvent(reader.ReadMessage()));
                    break;
                case OtlpFields.Span.Links when type == WireType.Bytes && header.IsAgent:
                    if (ReadLink(reader.ReadMessage(), header.TraceId) is { } linked)
                        links.Add(linked);
                    break;
                case OtlpFields.Span.Status when type == WireType.Bytes:
                    (status, message) = ReadStatus(reader.ReadMessage());
                    break;
                default:
                    reader.Skip(field, type);
                    break;
            }
        }

        return new AgentSpan
        {
            TraceId = Convert.ToHexStringLower(header.TraceId),
            SpanId = Convert.ToHexStringLower(header.SpanId),
            ParentSpanId = header.ParentSpanId.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(header.ParentSpanId) : null,
            Name = name,
            ServiceName = service?.Name,
            ServiceVersion = service?.Version,
            StartTimeUnixNano = start,
            EndTimeUnixNano = end,
            Status = status,
            StatusMessage = message,
            Attributes = attributes,
            Events = events,
            LinkedSpanIds = links,
        };
    }

    /// <summary>The service that a resource message names.</summary>
    public static SpanService Service(ReadOnlySpan<byte> resource)
    {
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        var reader = new ProtobufReader(resource);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Resource.Attributes && type == WireType.Bytes)
                AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), attributes);
            else
                reader.Skip(field, type);
        }

        return new SpanService(
            attributes.GetValueOrDefault(Conventions.OpenTelemetryAttributes.ServiceName) as string,
            attributes.GetValueOrDefault(Conventions.OpenTelemetryAttributes.ServiceVersion) as string);
    }

    private static AgentSpanEvent ReadEvent(ProtobufReader reader)
    {
        string name = "";
        var attributes = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Event.Name && type == WireType.Bytes)
                name = Encoding.UTF8.GetString(reader.ReadBytes());
            else if (field == OtlpFields.Event.Attributes && type == WireType.Bytes)
                AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), attributes);
            else
                reader.Skip(field, type);
        }

        return new AgentSpanEvent(name, attributes);
    }

    /// <summary>The linked span's id when it is in the same trace; a link elsewhere says nothing about this run.</summary>
    private static string? ReadLink(ProtobufReader reader, ReadOnlySpan<byte> ownTrace)
    {
        ReadOnlySpan<byte> trace = default, span = default;
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Link.TraceId && type == WireType.Bytes)
                trace = reader.ReadBytes();
            else if (field == OtlpFields.Link.SpanId && type == WireType.Bytes)
                span = reader.ReadBytes();
            else
                reader.Skip(field, type);
        }

        return trace.SequenceEqual(ownTrace) ? Convert.ToHexStringLower(span) : null;
    }

    private static (SpanStatus Status, string? Message) ReadStatus(ProtobufReader reader)
    {
        (SpanStatus status, string? message) = (SpanStatus.Unset, null);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Status.Code && type == WireType.Varint)
                status = reader.ReadVarint() switch { 1 => SpanStatus.Ok, 2 => SpanStatus.Error, _ => SpanStatus.Unset };
            else if (field == OtlpFields.Status.Message && type == WireType.Bytes)
                message = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                reader.Skip(field, type);
        }

        return (status, message);
    }
}
