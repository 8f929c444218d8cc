using System.Runtime.InteropServices;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector;

/// <summary>The way of an accepted request: passed on at once, or held until its runs are judged, and looked at for runs beside that.</summary>
internal sealed class TracePipeline(Forwarder forwarder, HeldTraces held, RunAssembler runs, StoreQueue? store = null)
{
    /// <summary>Accepts a request. When this throws, nothing of it was accepted.</summary>
    /// <param name="batch">The request.</param>
    /// <param name="spans">Its spans, as the scan found them.</param>
    /// <returns>What the sender's answer waits for; null where it waits for nothing.</returns>
    /// <exception cref="BackPressureException">There is no room to forward, to hold or to store it.</exception>
    public Task? Accept(TraceBatch batch, List<GatheredSpan> spans)
    {
        // The copy for the store is taken while the bytes are surely here: who forwards them gives them back when it likes.
        StoreRequest? toStore = store?.Take(batch.Kept, spans);
        try
        {
            Forward(batch, spans);
        }
        catch
        {
            toStore?.Dispose();
            throw;
        }

        Task? stored = toStore is null ? null : store!.Add(toStore);
        if (store is not { IsShared: true })
            runs.Observe(CollectionsMarshal.AsSpan(spans));
        return stored;
    }

    private void Forward(TraceBatch batch, List<GatheredSpan> spans)
    {
        if (held.IsOn)
            held.Accept(batch, spans);
        else
            forwarder.Enqueue(batch.ToForward());
    }
}
