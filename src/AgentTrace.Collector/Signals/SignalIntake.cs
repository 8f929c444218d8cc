using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Signals;

/// <summary>Passes a signal on as it came: metrics and logs are none of ours.</summary>
internal sealed class SignalIntake(OtlpSignal signal, Forwarder forwarder) : IOtlpIntake
{
    public OtlpSignal Signal => signal;

    public IntakeResult Accept(ReadOnlyMemory<byte> body, bool json, IDisposable owner)
    {
        try
        {
            SignalCheck.Require(signal, body, json);
            forwarder.Enqueue(new OtlpBatch(signal, body, json, owner));
            return default;
        }
        catch (Exception e) when (e is OtlpFormatException or BackPressureException)
        {
            // Nothing was accepted, so nobody else has the bytes.
            owner.Dispose();
            throw;
        }
    }
}
