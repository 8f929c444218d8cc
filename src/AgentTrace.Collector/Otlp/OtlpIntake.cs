using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector.Otlp;

/// <summary>What both doors (HTTP and gRPC) do with a trace request: check it, hand it on, and say what was refused.</summary>
internal sealed class OtlpIntake(TracePipeline pipeline, Redactor redactor) : IOtlpIntake
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
        // Typed on purpose: "json ? body : null" would be empty memory, not null, as an array that is null converts to it.
        ReadOnlyMemory<byte>? asJson = json ? body : default(ReadOnlyMemory<byte>?);
        if (redactor.IsOn)
            return AcceptRedacted(protobuf, asJson, owner, scanned);
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
            Task? stored = pipeline.Accept(new TraceBatch(protobuf, asJson, owner), scanned.Spans);
            return new IntakeResult(0, null, accepted, stored);
        }

        Task? valid = pipeline.Accept(new TraceBatch(OtlpTraceFilter.WithoutFaults(protobuf.Span)), scanned.Spans);
        owner.Dispose();
        return new IntakeResult(scanned.Rejected, $"{scanned.Rejected} span(s) refused, first: {scanned.FirstFault}", accepted, valid);
    }

    /// <summary>What is kept, shown and judged has been redacted here, before anything looks at it; what is passed on only where that is asked for.</summary>
    private IntakeResult AcceptRedacted(ReadOnlyMemory<byte> protobuf, ReadOnlyMemory<byte>? json, IDisposable owner, ScannedRequest scanned)
    {
        (int rejected, string? fault, int accepted) = (scanned.Rejected, scanned.FirstFault, scanned.Spans.Count);
        if (accepted == 0 && rejected > 0)
            throw new OtlpFormatException($"{rejected} span(s) refused: {fault}");
        if (accepted == 0)
        {
            owner.Dispose();
            return default;
        }

        ReadOnlyMemory<byte> valid = rejected == 0 ? protobuf : OtlpTraceFilter.WithoutFaults(protobuf.Span);
        ReadOnlyMemory<byte> kept = redactor.Redact(valid);
        if (!kept.Equals(valid))
        {
            scanned.Spans.Clear();
            SpanCollector.Scan(kept.Span, scanned);
        }

        bool asItCame = rejected == 0 && (!redactor.Forwarded || kept.Equals(protobuf));
        TraceBatch batch = asItCame
            ? new TraceBatch(protobuf, json, owner) { Kept = kept }
            : new TraceBatch(redactor.Forwarded ? kept : valid) { Kept = kept };
        Task? stored = pipeline.Accept(batch, scanned.Spans);
        if (!asItCame)
            owner.Dispose();
        return new IntakeResult(rejected, rejected == 0 ? null : $"{rejected} span(s) refused, first: {fault}", accepted, stored);
    }
}
