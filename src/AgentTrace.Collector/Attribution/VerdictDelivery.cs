using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Telemetry;

namespace AgentTrace.Collector.Attribution;

/// <summary>Brings a verdict into the run's trace: onto the culprit's own span where that is held still, else as late spans.</summary>
internal sealed class VerdictDelivery(HeldTraces held, UntilRoom untilRoom, OwnSignals own)
{
    public async ValueTask SendAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        bool isOnCulprit = held.IsOn && held.TryRelease(TraceId.Parse(verdict.Run.Id), verdict);
        await untilRoom.EnqueueAsync(new OtlpBatch(OtlpSignal.Traces, VerdictSpans.Encode(verdict, withMark: !isOnCulprit)), cancellationToken).ConfigureAwait(false);
        await own.SendAsync(OtlpSignal.Logs, VerdictLogEvent.Encode(verdict), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>No verdict comes (any more): what is held leaves as it is.</summary>
    public void GiveBack(AgentRun run)
    {
        if (held.IsOn)
            held.Release(TraceId.Parse(run.Id));
    }
}
