using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;

namespace AgentTrace.Collector.Attribution;

/// <summary>Brings a verdict into the run's trace: onto the culprit's own span where that is held still, else as late spans.</summary>
internal sealed class VerdictDelivery(HeldTraces held, UntilRoom untilRoom, OwnSignals own, StoreQueue? store = null)
{
    public async ValueTask SendAsync(Verdict verdict, CancellationToken cancellationToken)
    {
        // The store holds the spans as they came, so there the verdict always stands as spans of its own.
        store?.AddOwn(new StoreRequest(VerdictSpans.Encode(verdict), isAwaited: false));
        bool isOnCulprit = held.IsOn && held.TryRelease(TraceId.Parse(verdict.Run.Id), verdict);
        await PassOnAsync(VerdictSpans.Encode(verdict, withMark: !isOnCulprit), VerdictLogEvent.Encode(verdict), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a verdict's spans and its log event to the endpoints.</summary>
    public async ValueTask PassOnAsync(byte[] spans, byte[] log, CancellationToken cancellationToken)
    {
        await untilRoom.EnqueueAsync(new OtlpBatch(OtlpSignal.Traces, spans), cancellationToken).ConfigureAwait(false);
        await own.SendAsync(OtlpSignal.Logs, log, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>No verdict comes (any more): what is held leaves as it is.</summary>
    public void GiveBack(AgentRun run)
    {
        if (held.IsOn)
            held.Release(TraceId.Parse(run.Id));
    }
}
