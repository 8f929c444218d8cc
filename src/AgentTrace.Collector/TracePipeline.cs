using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Runs;

namespace AgentTrace.Collector;

/// <summary>The way of an accepted request: passed on at once, or held until its runs are judged, and looked at for runs beside that.</summary>
internal sealed class TracePipeline(Forwarder forwarder, HeldTraces held, RunAssembler runs)
{
    /// <summary>Accepts a request. When this throws, nothing of it was accepted.</summary>
    /// <exception cref="Otlp.OtlpFormatException">An agent span in it is malformed protobuf.</exception>
    /// <exception cref="BackPressureException">A forwarding queue is full.</exception>
    public void Accept(TraceBatch batch)
    {
        IReadOnlyList<GatheredSpan> spans = SpanCollector.Gather(batch.Protobuf.Span);
        if (held.IsOn)
            held.Accept(batch, spans);
        else
            forwarder.Enqueue(batch.ToForward());
        runs.Observe(spans);
    }
}
