using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Telemetry;

/// <summary>Counts what an intake accepts and refuses.</summary>
internal sealed class MeteredIntake(IOtlpIntake intake, CollectorMeter meter) : IOtlpIntake
{
    public OtlpSignal Signal => intake.Signal;

    public IntakeResult Accept(ReadOnlyMemory<byte> body, bool json, IDisposable owner)
    {
        try
        {
            IntakeResult result = intake.Accept(body, json, owner);
            meter.Received(Signal.Name);
            meter.Spans(result.Accepted, result.Rejected);
            return result;
        }
        catch (Exception e) when (e is OtlpFormatException or BackPressureException)
        {
            meter.Refused(Signal.Name, e is OtlpFormatException ? "invalid" : "back_pressure");
            throw;
        }
    }
}
