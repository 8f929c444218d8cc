using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector.Otlp;

/// <summary>What both doors (HTTP and gRPC) do with a trace request: check it, hand it on, and say what was refused.</summary>
internal sealed class OtlpIntake(TracePipeline pipeline) : IOtlpIntake
{
    public OtlpSignal Signal => OtlpSignal.Traces;

    public IntakeResult Accept(ReadOnlyMemory<byte> body, bool json, IDisposable owner)
    {
        try
        {
            return AcceptOwned(body, json, owner);
        }
        catch (Exception e) when (e is OtlpFormatException or BackPressureException)
        {
            // Nothing was accepted, so nobody else has the bytes. After any other exception that is not known: then they are left to the garbage collector.
            owner.Dispose();
            throw;
        }
    }

    private IntakeResult AcceptOwned(ReadOnlyMemory<byte> body, bool json, IDisposable owner)
    {
        ReadOnlyMemory<byte> protobuf = json ? OtlpJsonTranscoder.ToProtobuf(body) : body;
        using var scanned = ScannedRequest.Begin();
        SpanCollector.Scan(protobuf.Span, scanned);
        int accepted = scanned.Spans.Count;
        if (accepted == 0)
        {
            if (scanned.Rejected > 0)
                throw new OtlpFormatException($"{scanned.Rejected} span(s) refused: {scanned.FirstFault}");
            owner.Dispose();
            return default;
        }

        if (scanned.Rejected == 0)
        {
            pipeline.Accept(json ? new TraceBatch(protobuf, body, owner) : new TraceBatch(protobuf, null, owner), scanned.Spans);
            return new IntakeResult(0, null, accepted);
        }

        pipeline.Accept(new TraceBatch(OtlpTraceFilter.WithoutFaults(protobuf.Span)), scanned.Spans);
        owner.Dispose();
        return new IntakeResult(scanned.Rejected, $"{scanned.Rejected} span(s) refused, first: {scanned.FirstFault}", accepted);
    }
}
