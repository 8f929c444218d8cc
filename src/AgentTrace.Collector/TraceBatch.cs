using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector;

/// <summary>One accepted ExportTraceServiceRequest on its way through the collector.</summary>
/// <param name="Protobuf">The request in protobuf.</param>
/// <param name="Json">The same request as it came in JSON, so that an OTLP/HTTP endpoint gets it byte for byte; null when it came in protobuf.</param>
/// <param name="Owner">Holds the bytes that are passed on; null for bytes that nobody lends.</param>
internal sealed record TraceBatch(ReadOnlyMemory<byte> Protobuf, ReadOnlyMemory<byte>? Json = null, IDisposable? Owner = null)
{
    /// <summary>The request as it is kept: without what redaction takes out.</summary>
    public ReadOnlyMemory<byte> Kept { get; init; } = Protobuf;

    /// <summary>The request in the encoding that it is passed on in.</summary>
    public OtlpBatch ToForward() => new(OtlpSignal.Traces, Json ?? Protobuf, Json is not null, Owner);
}
