using Google.Protobuf;

namespace AgentTrace.TestKit.Otlp;

/// <summary>One span as it came, with easy access to ids and attributes.</summary>
public sealed record ReceivedSpan(Resource? Resource, Scope? Scope, Span Span)
{
    public string Name => Span.Name;

    public string TraceId => Hex(Span.TraceId);

    public string SpanId => Hex(Span.SpanId);

    public string? ParentSpanId => Span.ParentSpanId.IsEmpty ? null : Hex(Span.ParentSpanId);

    public bool IsError => Span.Status?.Code == 2;

    public string? ServiceName => Resource?.Attributes.FirstOrDefault(a => a.Key == "service.name")?.Value.StringValue;

    /// <summary>The attribute's value, or null when there is none.</summary>
    public AnyValue? this[string key] => Span.Attributes.FirstOrDefault(a => a.Key == key)?.Value;

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);
}
