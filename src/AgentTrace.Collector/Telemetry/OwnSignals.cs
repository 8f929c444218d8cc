using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Telemetry;

/// <summary>The way of the collector's own metrics and log events to the endpoints: the same as everybody's.</summary>
/// <remarks>
/// They are never looked at on their way: nothing the collector says about itself can become agent traffic. Many trace backends serve no other
/// signal; where every endpoint has refused one for good and none has taken it, no more of our own is sent.
/// </remarks>
internal sealed class OwnSignals(Forwarder forwarder, UntilRoom untilRoom)
{
    public bool IsServed(OtlpSignal signal) => forwarder.QueuesOf(signal) is var queues && queues.Any(queue => queue.Dropped == 0 || queue.Delivered > 0);

    /// <exception cref="BackPressureException">There is no room.</exception>
    public void Send(OtlpSignal signal, byte[] request)
    {
        if (IsServed(signal))
            forwarder.Enqueue(new OtlpBatch(signal, request));
    }

    /// <summary>The same for what must not be lost: waits until there is room.</summary>
    public ValueTask SendAsync(OtlpSignal signal, byte[] request, CancellationToken cancellationToken) =>
        IsServed(signal) ? untilRoom.EnqueueAsync(new OtlpBatch(signal, request), cancellationToken) : ValueTask.CompletedTask;
}
