using AgentTrace.Collector.Forwarding.Journals;

namespace AgentTrace.Collector.Forwarding;

/// <summary>One signal's way out: a journal, and a queue for every endpoint that reads from it.</summary>
internal sealed class SignalForwarder(IJournal journal, IReadOnlyList<ForwardingQueue> queues, TimeProvider clock) : IDisposable
{
    /// <summary>Above this a sender is made to wait a little for its answer: then it sends no faster than the endpoints take, and little is kept.</summary>
    private const long SoftLimitBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    public IReadOnlyList<ForwardingQueue> Queues => queues;

    public void Enqueue(OtlpBatch batch)
    {
        if (queues.Count == 0)
        {
            batch.Release();
            return;
        }

        if (!journal.TryAppend(batch))
            throw new BackPressureException($"the queue to {Slowest.Endpoint} is full; try again later");
        foreach (ForwardingQueue queue in queues)
            queue.Notify();
    }

    /// <summary>Ends at once unless much waits for endpoints that do take it; then after a short while. One that is down is not waited for.</summary>
    public async ValueTask SlowDownAsync(CancellationToken cancellationToken)
    {
        if (!IsCrowded)
            return;
        long start = clock.GetTimestamp();
        while (IsCrowded && clock.GetElapsedTime(start) < LongestPause)
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts sending.</summary>
    public Task RunAsync(CancellationToken giveUp) => Task.WhenAll(queues.Select(queue => Task.Run(() => queue.RunAsync(giveUp), CancellationToken.None)));

    public void Complete()
    {
        foreach (ForwardingQueue queue in queues)
            queue.Complete();
    }

    public void Dispose()
    {
        foreach (ForwardingQueue queue in queues)
            queue.Dispose();
        journal.Dispose();
    }

    private ForwardingQueue Slowest => queues.MaxBy(queue => queue.WaitingBytes)!;

    private bool IsCrowded
    {
        get
        {
            bool crowded = false;
            for (int i = 0; i < queues.Count; i++)
            {
                if (queues[i].IsFailing)
                    return false;
                crowded |= queues[i].WaitingBytes > SoftLimitBytes;
            }

            return crowded;
        }
    }
}
