using AgentTrace.Collector.Otlp;
using static AgentTrace.Collector.Otlp.OtlpJsonKind;
using static AgentTrace.Collector.Otlp.OtlpJsonSchema;

namespace AgentTrace.Collector.Signals;

/// <summary>The OTLP metrics messages as tables for the JSON reader (opentelemetry-proto, metrics/v1/metrics.proto).</summary>
internal static class MetricsJson
{
    private static readonly string[] Temporalities =
        ["AGGREGATION_TEMPORALITY_UNSPECIFIED", "AGGREGATION_TEMPORALITY_DELTA", "AGGREGATION_TEMPORALITY_CUMULATIVE"];

    private static OtlpJsonMessage Request { get; } = new("ExportMetricsServiceRequest", ("resourceMetrics", Many(1, () => ResourceMetrics!)));

    private static OtlpJsonMessage ResourceMetrics { get; } = new("ResourceMetrics",
        ("resource", One(1, () => Resource)), ("scopeMetrics", Many(2, () => ScopeMetrics!)), ("schemaUrl", new(3, Text)));

    private static OtlpJsonMessage ScopeMetrics { get; } = new("ScopeMetrics",
        ("scope", One(1, () => Scope)), ("metrics", Many(2, () => Metric!)), ("schemaUrl", new(3, Text)));

    private static OtlpJsonMessage Metric { get; } = new("Metric",
        ("name", new(1, Text)), ("description", new(2, Text)), ("unit", new(3, Text)),
        ("gauge", One(5, () => Gauge!)), ("sum", One(7, () => Sum!)), ("histogram", One(9, () => Histogram!)),
        ("exponentialHistogram", One(10, () => ExponentialHistogram!)), ("summary", One(11, () => Summary!)),
        ("metadata", Many(12, () => KeyValue)));

    private static OtlpJsonMessage Gauge { get; } = new("Gauge", ("dataPoints", Many(1, () => NumberDataPoint!)));

    private static OtlpJsonMessage Sum { get; } = new("Sum",
        ("dataPoints", Many(1, () => NumberDataPoint!)), ("aggregationTemporality", Temporality(2)), ("isMonotonic", new(3, OtlpJsonKind.Boolean)));

    private static OtlpJsonMessage Histogram { get; } = new("Histogram",
        ("dataPoints", Many(1, () => HistogramDataPoint!)), ("aggregationTemporality", Temporality(2)));

    private static OtlpJsonMessage ExponentialHistogram { get; } = new("ExponentialHistogram",
        ("dataPoints", Many(1, () => ExponentialHistogramDataPoint!)), ("aggregationTemporality", Temporality(2)));

    private static OtlpJsonMessage Summary { get; } = new("Summary", ("dataPoints", Many(1, () => SummaryDataPoint!)));

    private static OtlpJsonMessage NumberDataPoint { get; } = new("NumberDataPoint",
        ("attributes", Many(7, () => KeyValue)), ("startTimeUnixNano", new(2, Fixed64)), ("timeUnixNano", new(3, Fixed64)),
        ("asDouble", new(4, OtlpJsonKind.Double)), ("asInt", new(6, SignedFixed64)), ("exemplars", Many(5, () => Exemplar!)), ("flags", new(8, Integer)));

    private static OtlpJsonMessage HistogramDataPoint { get; } = new("HistogramDataPoint",
        ("attributes", Many(9, () => KeyValue)), ("startTimeUnixNano", new(2, Fixed64)), ("timeUnixNano", new(3, Fixed64)),
        ("count", new(4, Fixed64)), ("sum", new(5, OtlpJsonKind.Double)), ("bucketCounts", new(6, PackedFixed64)), ("explicitBounds", new(7, PackedDouble)),
        ("exemplars", Many(8, () => Exemplar!)), ("flags", new(10, Integer)), ("min", new(11, OtlpJsonKind.Double)), ("max", new(12, OtlpJsonKind.Double)));

    private static OtlpJsonMessage ExponentialHistogramDataPoint { get; } = new("ExponentialHistogramDataPoint",
        ("attributes", Many(1, () => KeyValue)), ("startTimeUnixNano", new(2, Fixed64)), ("timeUnixNano", new(3, Fixed64)),
        ("count", new(4, Fixed64)), ("sum", new(5, OtlpJsonKind.Double)), ("scale", new(6, ZigZag)), ("zeroCount", new(7, Fixed64)),
        ("positive", One(8, () => Buckets!)), ("negative", One(9, () => Buckets!)), ("flags", new(10, Integer)), ("exemplars", Many(11, () => Exemplar!)),
        ("min", new(12, OtlpJsonKind.Double)), ("max", new(13, OtlpJsonKind.Double)), ("zeroThreshold", new(14, OtlpJsonKind.Double)));

    private static OtlpJsonMessage Buckets { get; } = new("Buckets", ("offset", new(1, ZigZag)), ("bucketCounts", new(2, PackedVarint)));

    private static OtlpJsonMessage SummaryDataPoint { get; } = new("SummaryDataPoint",
        ("attributes", Many(7, () => KeyValue)), ("startTimeUnixNano", new(2, Fixed64)), ("timeUnixNano", new(3, Fixed64)),
        ("count", new(4, Fixed64)), ("sum", new(5, OtlpJsonKind.Double)), ("quantileValues", Many(6, () => ValueAtQuantile!)), ("flags", new(8, Integer)));

    private static OtlpJsonMessage ValueAtQuantile { get; } = new("ValueAtQuantile",
        ("quantile", new(1, OtlpJsonKind.Double)), ("value", new(2, OtlpJsonKind.Double)));

    private static OtlpJsonMessage Exemplar { get; } = new("Exemplar",
        ("filteredAttributes", Many(7, () => KeyValue)), ("timeUnixNano", new(2, Fixed64)), ("asDouble", new(3, OtlpJsonKind.Double)),
        ("asInt", new(6, SignedFixed64)), ("spanId", new(4, HexId)), ("traceId", new(5, HexId)));

    public static byte[] ToProtobuf(ReadOnlyMemory<byte> json) => OtlpJsonTranscoder.ToProtobuf(json, Request);

    private static OtlpJsonField Temporality(int number) => new(number, Enumeration, Names: Temporalities);
}
