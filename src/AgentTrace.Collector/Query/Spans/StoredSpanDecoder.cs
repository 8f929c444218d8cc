using System.Text;
using AgentTrace.Collector.Otlp;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Query.Spans;

/// <summary>Decodes stored spans whole.</summary>
internal static class StoredSpanDecoder
{
    /// <summary>All spans of an OTLP TracesData message.</summary>
    /// <exception cref="OtlpFormatException">It is none.</exception>
    public static List<StoredSpan> Decode(ReadOnlySpan<byte> tracesData)
    {
        var spans = new List<StoredSpan>();
        var reader = new ProtobufReader(tracesData);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Request.ResourceSpans && type == WireType.Bytes)
                ReadResource(reader.ReadBytes(), spans);
            else
                reader.Skip(field, type);
        }

        return spans;
    }

    private static void ReadResource(ReadOnlySpan<byte> message, List<StoredSpan> spans)
    {
        // The resource may stand after its spans: field order is free.
        Dictionary<string, object?> attributes = [];
        var resources = new ProtobufReader(message);
        while (resources.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.ResourceSpans.Resource && type == WireType.Bytes)
                ReadAttributes(resources.ReadMessage(), OtlpFields.Resource.Attributes, attributes);
            else
                resources.Skip(field, type);
        }

        string service = attributes.GetValueOrDefault(OpenTelemetryAttributes.ServiceName) as string ?? "";
        var scopes = new ProtobufReader(message);
        while (scopes.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.ResourceSpans.ScopeSpans && type == WireType.Bytes)
                ReadScope(scopes.ReadBytes(), service, attributes, spans);
            else
                scopes.Skip(field, type);
        }
    }

    private static void ReadScope(ReadOnlySpan<byte> message, string service, Dictionary<string, object?> attributes, List<StoredSpan> spans)
    {
        string name = "", version = "";
        var scopes = new ProtobufReader(message);
        while (scopes.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.ScopeSpans.Scope && type == WireType.Bytes)
            {
                ReadOnlySpan<byte> scope = scopes.ReadBytes();
                (name, version) = (Text(scope, OtlpFields.Scope.Name), Text(scope, OtlpFields.Scope.Version));
            }
            else
            {
                scopes.Skip(field, type);
            }
        }

        var resource = new StoredResource(service, attributes, name, version);
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.ScopeSpans.Spans && type == WireType.Bytes)
                spans.Add(ReadSpan(reader.ReadBytes(), resource));
            else
                reader.Skip(field, type);
        }
    }

    private static StoredSpan ReadSpan(ReadOnlySpan<byte> message, StoredResource resource)
    {
        SpanHeader header = SpanHeaderReader.Read(message, 0);
        (int kind, int status) = (0, 0);
        (string state, string statusMessage) = ("", "");
        Dictionary<string, object?> attributes = [];
        var events = new List<StoredEvent>();
        var links = new List<StoredLink>();
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            switch (field, type)
            {
                case (OtlpFields.Span.TraceState, WireType.Bytes):
                    state = Encoding.UTF8.GetString(reader.ReadBytes());
                    break;
                case (OtlpFields.Span.Kind, WireType.Varint):
                    kind = (int)Math.Min(reader.ReadVarint(), 6);
                    break;
                case (OtlpFields.Span.Attributes, WireType.Bytes):
                    AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), attributes);
                    break;
                case (OtlpFields.Span.Events, WireType.Bytes):
                    events.Add(ReadEvent(reader.ReadMessage()));
                    break;
                case (OtlpFields.Span.Links, WireType.Bytes):
                    ReadOnlySpan<byte> link = reader.ReadBytes();
                    links.Add(new StoredLink(Convert.ToHexStringLower(Bytes(link, OtlpFields.Link.TraceId)), Convert.ToHexStringLower(Bytes(link, OtlpFields.Link.SpanId))));
                    break;
                case (OtlpFields.Span.Status, WireType.Bytes):
                    (status, statusMessage) = ReadStatus(reader.ReadMessage());
                    break;
                default:
                    reader.Skip(field, type);
                    break;
            }
        }

        return new StoredSpan
        {
            TraceId = TraceId.Read(header.TraceId),
            SpanId = Convert.ToHexStringLower(header.SpanId),
            ParentSpanId = header.ParentSpanId.ContainsAnyExcept((byte)0) ? Convert.ToHexStringLower(header.ParentSpanId) : null,
            TraceState = state,
            Name = Encoding.UTF8.GetString(header.Name),
            Kind = kind,
            StartTimeUnixNano = header.StartTimeUnixNano,
            EndTimeUnixNano = header.EndTimeUnixNano,
            Status = status,
            StatusMessage = statusMessage,
            Attributes = attributes,
            Events = events,
            Links = links,
            Resource = resource,
        };
    }

    private static StoredEvent ReadEvent(ProtobufReader reader)
    {
        ulong time = 0;
        string name = "";
        Dictionary<string, object?> attributes = [];
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Event.TimeUnixNano && type == WireType.Fixed64)
                time = reader.ReadFixed64();
            else if (field == OtlpFields.Event.Name && type == WireType.Bytes)
                name = Encoding.UTF8.GetString(reader.ReadBytes());
            else if (field == OtlpFields.Event.Attributes && type == WireType.Bytes)
                AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), attributes);
            else
                reader.Skip(field, type);
        }

        return new StoredEvent(time, name, attributes);
    }

    private static (int Code, string Message) ReadStatus(ProtobufReader reader)
    {
        (int code, string message) = (0, "");
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == OtlpFields.Status.Code && type == WireType.Varint)
                code = reader.ReadVarint() switch { 1 => 1, 2 => StoredSpan.Error, _ => 0 };
            else if (field == OtlpFields.Status.Message && type == WireType.Bytes)
                message = Encoding.UTF8.GetString(reader.ReadBytes());
            else
                reader.Skip(field, type);
        }

        return (code, message);
    }

    private static void ReadAttributes(ProtobufReader reader, int wanted, Dictionary<string, object?> target)
    {
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == wanted && type == WireType.Bytes)
                AnyValueDecoder.ReadKeyValue(reader.ReadMessage(), target);
            else
                reader.Skip(field, type);
        }
    }

    private static string Text(ReadOnlySpan<byte> message, int wanted) => Encoding.UTF8.GetString(Bytes(message, wanted));

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> message, int wanted)
    {
        ReadOnlySpan<byte> found = default;
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out int field, out WireType type))
        {
            if (field == wanted && type == WireType.Bytes)
                found = reader.ReadBytes();
            else
                reader.Skip(field, type);
        }

        return found;
    }
}
