using static AgentTrace.Collector.Otlp.OtlpJsonKind;

namespace AgentTrace.Collector.Otlp;

/// <summary>The OTLP trace messages as tables for the JSON reader (opentelemetry-proto, trace/v1 and common/v1).</summary>
internal static class OtlpJsonSchema
{
    private static readonly string[] SpanKinds =
        ["SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT", "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"];

    private static readonly string[] StatusCodes = ["STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"];

    public static OtlpJsonMessage Request { get; } = new("ExportTraceServiceRequest",
        ("resourceSpans", Many(OtlpFields.Request.ResourceSpans, () => ResourceSpans!)));

    private static OtlpJsonMessage ResourceSpans { get; } = new("ResourceSpans",
        ("resource", One(OtlpFields.ResourceSpans.Resource, () => Resource!)),
        ("scopeSpans", Many(OtlpFields.ResourceSpans.ScopeSpans, () => ScopeSpans!)),
        ("schemaUrl", new(OtlpFields.ResourceSpans.SchemaUrl, Text)));

    internal static OtlpJsonMessage Resource { get; } = new("Resource",
        ("attributes", Many(OtlpFields.Resource.Attributes, () => KeyValue!)),
        ("droppedAttributesCount", new(OtlpFields.Resource.DroppedAttributesCount, Integer)));

    private static OtlpJsonMessage ScopeSpans { get; } = new("ScopeSpans",
        ("scope", One(OtlpFields.ScopeSpans.Scope, () => Scope!)),
        ("spans", Many(OtlpFields.ScopeSpans.Spans, () => Span!)),
        ("schemaUrl", new(OtlpFields.ScopeSpans.SchemaUrl, Text)));

    internal static OtlpJsonMessage Scope { get; } = new("InstrumentationScope",
        ("name", new(OtlpFields.Scope.Name, Text)),
        ("version", new(OtlpFields.Scope.Version, Text)),
        ("attributes", Many(OtlpFields.Scope.Attributes, () => KeyValue!)),
        ("droppedAttributesCount", new(OtlpFields.Scope.DroppedAttributesCount, Integer)));

    private static OtlpJsonMessage Span { get; } = new("Span",
        ("traceId", new(OtlpFields.Span.TraceId, HexId)),
        ("spanId", new(OtlpFields.Span.SpanId, HexId)),
        ("traceState", new(OtlpFields.Span.TraceState, Text)),
        ("parentSpanId", new(OtlpFields.Span.ParentSpanId, HexId)),
        ("name", new(OtlpFields.Span.Name, Text)),
        ("kind", new(OtlpFields.Span.Kind, Enumeration, Names: SpanKinds)),
        ("startTimeUnixNano", new(OtlpFields.Span.StartTimeUnixNano, Fixed64)),
        ("endTimeUnixNano", new(OtlpFields.Span.EndTimeUnixNano, Fixed64)),
        ("attributes", Many(OtlpFields.Span.Attributes, () => KeyValue!)),
        ("droppedAttributesCount", new(OtlpFields.Span.DroppedAttributesCount, Integer)),
        ("events", Many(OtlpFields.Span.Events, () => Event!)),
        ("droppedEventsCount", new(OtlpFields.Span.DroppedEventsCount, Integer)),
        ("links", Many(OtlpFields.Span.Links, () => Link!)),
        ("droppedLinksCount", new(OtlpFields.Span.DroppedLinksCount, Integer)),
        ("status", One(OtlpFields.Span.Status, () => Status!)),
        ("flags", new(OtlpFields.Span.Flags, Fixed32)));

    private static OtlpJsonMessage Event { get; } = new("Event",
        ("timeUnixNano", new(OtlpFields.Event.TimeUnixNano, Fixed64)),
        ("name", new(OtlpFields.Event.Name, Text)),
        ("attributes", Many(OtlpFields.Event.Attributes, () => KeyValue!)),
        ("droppedAttributesCount", new(OtlpFields.Event.DroppedAttributesCount, Integer)));

    private static OtlpJsonMessage Link { get; } = new("Link",
        ("traceId", new(OtlpFields.Link.TraceId, HexId)),
        ("spanId", new(OtlpFields.Link.SpanId, HexId)),
        ("traceState", new(OtlpFields.Link.TraceState, Text)),
        ("attributes", Many(OtlpFields.Link.Attributes, () => KeyValue!)),
        ("droppedAttributesCount", new(OtlpFields.Link.DroppedAttributesCount, Integer)),
        ("flags", new(OtlpFields.Link.Flags, Fixed32)));

    private static OtlpJsonMessage Status { get; } = new("Status",
        ("message", new(OtlpFields.Status.Message, Text)),
        ("code", new(OtlpFields.Status.Code, Enumeration, Names: StatusCodes)));

    internal static OtlpJsonMessage KeyValue { get; } = new("KeyValue",
        ("key", new(OtlpFields.KeyValue.Key, Text)),
        ("value", One(OtlpFields.KeyValue.Value, () => AnyValue!)));

    internal static OtlpJsonMessage AnyValue { get; } = new("AnyValue",
        ("stringValue", new(OtlpFields.AnyValue.String, Text)),
        ("boolValue", new(OtlpFields.AnyValue.Bool, OtlpJsonKind.Boolean)),
        ("intValue", new(OtlpFields.AnyValue.Int, Integer)),
        ("doubleValue", new(OtlpFields.AnyValue.Double, OtlpJsonKind.Double)),
        ("arrayValue", One(OtlpFields.AnyValue.Array, () => ArrayValue!)),
        ("kvlistValue", One(OtlpFields.AnyValue.KeyValueList, () => KeyValueList!)),
        ("bytesValue", new(OtlpFields.AnyValue.Bytes, Base64)));

    private static OtlpJsonMessage ArrayValue { get; } = new("ArrayValue", ("values", Many(OtlpFields.Values.Members, () => AnyValue)));

    private static OtlpJsonMessage KeyValueList { get; } = new("KeyValueList", ("values", Many(OtlpFields.Values.Members, () => KeyValue)));

    internal static OtlpJsonField One(int number, Func<OtlpJsonMessage> message) => new(number, Message, message);

    internal static OtlpJsonField Many(int number, Func<OtlpJsonMessage> message) => new(number, Repeated, message);
}
