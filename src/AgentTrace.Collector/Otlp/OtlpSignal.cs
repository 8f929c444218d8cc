using AgentTrace.Collector.Signals;

namespace AgentTrace.Collector.Otlp;

/// <summary>One of OTLP's signals: where its export requests are sent to, and how their JSON becomes protobuf.</summary>
/// <param name="Index">Position in <see cref="All"/>.</param>
/// <param name="Name">The signal's name, which is also its queue's folder.</param>
/// <param name="HttpPath">The path of OTLP/HTTP.</param>
/// <param name="GrpcPath">The path of the OTLP/gRPC call.</param>
/// <param name="ToProtobuf">
/// Turns the JSON encoding of an export request into the binary one, for endpoints that speak gRPC; null where the collector does not read the signal's JSON.
/// </param>
internal sealed record OtlpSignal(int Index, string Name, string HttpPath, string GrpcPath, Func<ReadOnlyMemory<byte>, byte[]>? ToProtobuf)
{
    public static OtlpSignal Traces { get; } = new(
        0, "traces", "/v1/traces", "/opentelemetry.proto.collector.trace.v1.TraceService/Export", OtlpJsonTranscoder.ToProtobuf);

    public static OtlpSignal Metrics { get; } = new(
        1, "metrics", "/v1/metrics", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", MetricsJson.ToProtobuf);

    public static OtlpSignal Logs { get; } = new(
        2, "logs", "/v1/logs", "/opentelemetry.proto.collector.logs.v1.LogsService/Export", LogsJson.ToProtobuf);

    public static IReadOnlyList<OtlpSignal> All { get; } = [Traces, Metrics, Logs];
}
