using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>One accepted export request in the bytes it goes on in.</summary>
/// <param name="Signal">What it carries.</param>
/// <param name="Body">The whole request.</param>
/// <param name="IsJson">True when it came as JSON, so that an OTLP/HTTP endpoint gets it byte for byte.</param>
/// <param name="Owner">Holds the bytes and is disposed when they are not needed any more; null for bytes that nobody lends.</param>
internal sealed record OtlpBatch(OtlpSignal Signal, ReadOnlyMemory<byte> Body, bool IsJson = false, IDisposable? Owner = null)
{
    /// <summary>Gives the bytes back.</summary>
    public void Release() => Owner?.Dispose();
}
