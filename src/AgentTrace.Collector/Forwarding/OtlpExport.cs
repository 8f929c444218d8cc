namespace AgentTrace.Collector.Forwarding;

/// <summary>What one request to an endpoint carries: export requests of one signal and encoding, one after the other.</summary>
/// <remarks>Protobuf messages that are written one after the other are one message with the repeated fields of all: so small batches become a larger one without a look inside.</remarks>
/// <param name="Bodies">The export requests; more than one only in protobuf.</param>
/// <param name="IsJson">True when they are JSON.</param>
internal readonly record struct OtlpExport(ArraySegment<ReadOnlyMemory<byte>> Bodies, bool IsJson)
{
    /// <summary>Bytes of all bodies.</summary>
    public int Length
    {
        get
        {
            int length = 0;
            foreach (ReadOnlyMemory<byte> body in Bodies)
                length += body.Length;
            return length;
        }
    }
}
