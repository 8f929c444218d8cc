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
        var faults = default(FaultCounter);
        OtlpTraceScanner.Scan(protobuf.Span, ref faults);
        if (faults.Rejected > 0 && faults.Accepted == 0)
            throw new OtlpFormatException($"{faults.Rejected} span(s) refused: {faults.First}");
        if (faults.Accepted == 0)
        {
            owner.Dispose();
            return default;
        }

        if (faults.Rejected == 0)
        {
            pipeline.Accept(json ? new TraceBatch(protobuf, body, owner) : new TraceBatch(protobuf, null, owner));
            return new IntakeResult(0, null, faults.Accepted);
        }

        pipeline.Accept(new TraceBatch(OtlpTraceFilter.WithoutFaults(protobuf.Span)));
        owner.Dispose();
        return new IntakeResult(faults.Rejected, $"{faults.Rejected} span(s) refused, first: {faults.First}", faults.Accepted);
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
