using AgentTrace.Collector.Otlp;
using static AgentTrace.Collector.Otlp.OtlpJsonKind;
using static AgentTrace.Collector.Otlp.OtlpJsonSchema;

namespace AgentTrace.Collector.Signals;

/// <summary>The OTLP logs messages as tables for the JSON reader (opentelemetry-proto, logs/v1/logs.proto).</summary>
internal static class LogsJson
{
    private static readonly string[] Severities =
    [
        "SEVERITY_NUMBER_UNSPECIFIED",
        .. new[] { "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL" }.SelectMany(level =>
            new[] { "", "2", "3", "4" }.Select(step => $"SEVERITY_NUMBER_{level}{step}")),
    ];

    private static OtlpJsonMessage Request { get; } = new("ExportLogsServiceRequest", ("resourceLogs", Many(1, () => ResourceLogs!)));

    private static OtlpJsonMessage ResourceLogs { get; } = new("ResourceLogs",
        ("resource", One(1, () => Resource)), ("scopeLogs", Many(2, () => ScopeLogs!)), ("schemaUrl", new(3, Text)));

    private static OtlpJsonMessage ScopeLogs { get; } = new("ScopeLogs",
        ("scope", One(1, () => Scope)), ("logRecords", Many(2, () => LogRecord!)), ("schemaUrl", new(3, Text)));

    private static OtlpJsonMessage LogRecord { get; } = new("LogRecord",
        ("timeUnixNano", new(1, Fixed64)), ("observedTimeUnixNano", new(11, Fixed64)),
        ("severityNumber", new(2, Enumeration, Names: Severities)), ("severityText", new(3, Text)),
        ("body", One(5, () => AnyValue)), ("attributes", Many(6, () => KeyValue)), ("droppedAttributesCount", new(7, Integer)),
        ("flags", new(8, Fixed32)), ("traceId", new(9, HexId)), ("spanId", new(10, HexId)), ("eventName", new(12, Text)));

    public static byte[] ToProtobuf(ReadOnlyMemory<byte> json) => OtlpJsonTranscoder.ToProtobuf(json, Request);
}
