using AgentTrace.Attribution.Runs.Spans;

namespace AgentTrace.Collector.Otlp;

/// <summary>Writes spans of one resource and scope as an ExportTraceServiceRequest.</summary>
internal sealed class OtlpSpanWriter
{
    private const ulong InternalKind = 1;

    private readonly ProtobufWriter _writer = new();
    private readonly int _resourceSpans;
    private readonly int _scopeSpans;
    private int _span;

    public OtlpSpanWriter(string serviceName, string scope)
    {
        _resourceSpans = _writer.BeginMessage(OtlpFields.Request.ResourceSpans);
        int resource = _writer.BeginMessage(OtlpFields.ResourceSpans.Resource);
        KeyValue(OtlpFields.Resource.Attributes, Conventions.OpenTelemetryAttributes.ServiceName, serviceName);
        _writer.EndMessage(resource);
        _scopeSpans = _writer.BeginMessage(OtlpFields.ResourceSpans.ScopeSpans);
        int scopeMessage = _writer.BeginMessage(OtlpFields.ScopeSpans.Scope);
        _writer.String(OtlpFields.Scope.Name, scope);
        _writer.EndMessage(scopeMessage);
    }

    /// <summary>Opens a span; ids are hex.</summary>
    public void Begin(string traceId, string spanId, string? parentSpanId, string name, DateTimeOffset start, DateTimeOffset end)
    {
        _span = _writer.BeginMessage(OtlpFields.ScopeSpans.Spans);
        _writer.Bytes(OtlpFields.Span.TraceId, Convert.FromHexString(traceId));
        _writer.Bytes(OtlpFields.Span.SpanId, Convert.FromHexString(spanId));
        if (parentSpanId is not null)
            _writer.Bytes(OtlpFields.Span.ParentSpanId, Convert.FromHexString(parentSpanId));
        _writer.String(OtlpFields.Span.Name, name);
        _writer.Varint(OtlpFields.Span.Kind, InternalKind);
        _writer.Fixed64(OtlpFields.Span.StartTimeUnixNano, UnixNano(start));
        _writer.Fixed64(OtlpFields.Span.EndTimeUnixNano, UnixNano(end));
    }

    /// <summary>Adds an attribute: string, bool, int, long, double or a list of strings.</summary>
    public void Attribute(string key, object value) => KeyValue(OtlpFields.Span.Attributes, key, value);

    public void Event(string name, DateTimeOffset at, params ReadOnlySpan<(string Key, object Value)> attributes)
    {
        int open = _writer.BeginMessage(OtlpFields.Span.Events);
        _writer.Fixed64(OtlpFields.Event.TimeUnixNano, UnixNano(at));
        _writer.String(OtlpFields.Event.Name, name);
        foreach ((string key, object value) in attributes)
            KeyValue(OtlpFields.Event.Attributes, key, value);
        _writer.EndMessage(open);
    }

    public void Status(SpanStatus status, string message)
    {
        int open = _writer.BeginMessage(OtlpFields.Span.Status);
        _writer.String(OtlpFields.Status.Message, message);
        _writer.Varint(OtlpFields.Status.Code, (ulong)status);
        _writer.EndMessage(open);
    }

    public void End() => _writer.EndMessage(_span);

    /// <summary>The finished request; nothing can be written after it.</summary>
    public byte[] ToRequest()
    {
        _writer.EndMessage(_scopeSpans);
        _writer.EndMessage(_resourceSpans);
        return _writer.ToArray();
    }

    /// <summary>Writes a KeyValue: string, bool, int, long, double or a list of strings.</summary>
    public static void KeyValue(ProtobufWriter writer, int field, string key, object value)
    {
        int open = writer.BeginMessage(field);
        writer.String(OtlpFields.KeyValue.Key, key);
        AnyValue(writer, OtlpFields.KeyValue.Value, value);
        writer.EndMessage(open);
    }

    private void KeyValue(int field, string key, object value) => KeyValue(_writer, field, key, value);

    private static void AnyValue(ProtobufWriter writer, int field, object value)
    {
        int open = writer.BeginMessage(field);
        switch (value)
        {
            case string text:
                writer.String(OtlpFields.AnyValue.String, text);
                break;
            case bool flag:
                writer.Varint(OtlpFields.AnyValue.Bool, flag ? 1u : 0u);
                break;
            case int number:
                writer.Varint(OtlpFields.AnyValue.Int, (ulong)number);
                break;
            case long number:
                writer.Varint(OtlpFields.AnyValue.Int, (ulong)number);
                break;
            case double number:
                writer.Double(OtlpFields.AnyValue.Double, number);
                break;
            case IReadOnlyList<string> list:
                int array = writer.BeginMessage(OtlpFields.AnyValue.Array);
                foreach (string item in list)
                    AnyValue(writer, OtlpFields.Values.Members, item);
                writer.EndMessage(array);
                break;
            default:
                throw new ArgumentException($"A {value.GetType()} is no OTLP attribute value.", nameof(value));
        }

        writer.EndMessage(open);
    }

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public static ulong UnixNano(DateTimeOffset time) => (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
