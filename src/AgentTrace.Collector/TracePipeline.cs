using System.Runtime.InteropServices;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector;

/// <summary>The way of an accepted request: passed on at once, or held until its runs are judged, and looked at for runs beside that.</summary>
internal sealed class TracePipeline(Forwarder forwarder, HeldTraces held, RunAssembler runs)
{
    /// <summary>Accepts a request. When this throws, nothing of it was accepted.</summary>
    /// <param name="batch">The request.</param>
    /// <param name="spans">Its spans, as the scan found them.</param>
    /// <exception cref="BackPressureException">There is no room to forward or to hold it.</exception>
    public void Accept(TraceBatch batch, List<GatheredSpan> spans)
    {
        if (held.IsOn)
            held.Accept(batch, spans);
        else
            forwarder.Enqueue(batch.ToForward());
        runs.Observe(CollectionsMarshal.AsSpan(spans));
    }
}
