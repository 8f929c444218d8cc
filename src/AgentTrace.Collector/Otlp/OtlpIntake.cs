using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Signals;
using AgentTrace.Collector.Telemetry;

namespace AgentTrace.Collector.Otlp;

/// <summary>What both doors (HTTP and gRPC) do with a body: check it, hand it on, and say what was refused.</summary>
internal sealed class OtlpIntake(TracePipeline pipeline, Forwarder forwarder, CollectorMeter meter)
{
    /// <summary>Accepts a request: of traces the valid spans; the other signals are passed on as they came.</summary>
    /// <exception cref="OtlpFormatException">Nothing in it could be accepted; the sender must not try again.</exception>
    /// <exception cref="BackPressureException">There is no room now; the sender shall try again.</exception>
    public IntakeResult Accept(OtlpSignal signal, ReadOnlyMemory<byte> body, bool json)
    {
        try
        {
            IntakeResult result = default;
            if (signal == OtlpSignal.Traces)
            {
                result = AcceptTraces(body, json);
            }
            else
            {
                SignalCheck.Require(signal, body, json);
                forwarder.Enqueue(new OtlpBatch(signal, body, json));
            }

            meter.Received(signal.Name);
            return result;
        }
        catch (Exception e) when (e is OtlpFormatException or BackPressureException)
        {
            meter.Refused(signal.Name, e is OtlpFormatException ? "invalid" : "back_pressure");
            throw;
        }
    }

    private IntakeResult AcceptTraces(ReadOnlyMemory<byte> body, bool json)
    {
        ReadOnlyMemory<byte> protobuf = json ? OtlpJsonTranscoder.ToProtobuf(body) : body;
        var faults = default(FaultCounter);
        OtlpTraceScanner.Scan(protobuf.Span, ref faults);
        if (faults.Rejected > 0 && faults.Accepted == 0)
            throw new OtlpFormatException($"{faults.Rejected} span(s) refused: {faults.First}");

        TraceBatch batch = faults.Rejected > 0
            ? new TraceBatch(OtlpTraceFilter.WithoutFaults(protobuf.Span))
            : json ? new TraceBatch(protobuf, body) : new TraceBatch(protobuf);
        if (faults.Accepted > 0)
            pipeline.Accept(batch);
        meter.Spans(faults.Accepted, faults.Rejected);
        return new IntakeResult(faults.Rejected, faults.Rejected > 0 ? $"{faults.Rejected} span(s) refused, first: {faults.First}" : null);
    }

    private struct FaultCounter : ISpanVisitor
    {
        public int Accepted;
        public int Rejected;
        public string? First;

        public void Visit(scoped in SpanHeader span)
        {
            if (span.Fault is null)
            {
                Accepted++;
                return;
            }

            Rejected++;
            First ??= span.Fault;
        }
    }
}
