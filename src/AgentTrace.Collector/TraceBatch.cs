namespace AgentTrace.Collector;

/// <summary>One accepted ExportTraceServiceRequest on its way through the collector.</summary>
/// <param name="Protobuf">The request in protobuf.</param>
/// <param name="Json">The same request as it came in JSON, so that an OTLP/HTTP endpoint gets it byte for byte; null when it came in protobuf.</param>
internal sealed record TraceBatch(ReadOnlyMemory<byte> Protobuf, ReadOnlyMemory<byte>? Json = null)
{
    /// <summary>Bytes held in memory.</summary>
    public int Size => Protobuf.Length + (Json?.Length ?? 0);
}
