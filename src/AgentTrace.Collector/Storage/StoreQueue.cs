using System.Threading.Channels;
using AgentTrace.Collector.Jobs;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Telemetry;
using AgentTrace.Store.Jobs;

namespace AgentTrace.Collector.Storage;

/// <summary>What waits to be stored. The way in does nothing but copy and count; who stores it does so in its own time.</summary>
internal sealed class StoreQueue(CollectorOptions options, CollectorMeter meter)
{
    private readonly Channel<StoreRequest> _waiting = Channel.CreateUnbounded<StoreRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource _closed = new();
    private long _bytes;

    public ChannelReader<StoreRequest> Reader => _waiting.Reader;

    /// <summary>Ends when no more is taken.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether the store itself has runs judged, since several nodes share it.</summary>
    public bool IsShared => options.Store is IRunJobs;

    /// <summary>Takes a copy of the request, and room for it; null where there is none and nobody waits for it to be stored.</summary>
    /// <exception cref="BackPressureException">There is no room, and senders are answered only when their spans are stored.</exception>
    public StoreRequest? Take(ReadOnlyMemory<byte> request, List<GatheredSpan> spans)
    {
        bool isAwaited = options.Storing.AnswerWhenStored;
        if (HasRoom)
            return new StoreRequest(request, isAwaited) { Seen = IsShared ? SeenTrace.Of(spans, options) : [] };
        meter.NotStored("request", "queue_full");
        return isAwaited ? throw new BackPressureException("the store is behind; try again later") : null;
    }

    /// <summary>Hands a copy on; returns what its sender's answer waits for.</summary>
    public Task? Add(StoreRequest request)
    {
        Interlocked.Add(ref _bytes, request.Bytes);
        if (_waiting.Writer.TryWrite(request))
            return request.Stored;
        Interlocked.Add(ref _bytes, -request.Bytes);
        request.Dispose();
        meter.NotStored("request", "stopped");
        
        // Never thrown from here: the request has been passed on already.
        return request.Stored is null ? null : Task.FromException(new BackPressureException("the collector is stopping; try again later"));
    }

    /// <summary>Hands on what the collector itself adds: a run, or spans of a verdict. They are few, and stored even where requests are left out.</summary>
    public void AddOwn(StoreRequest own)
    {
        if (Bytes > 2 * options.Storing.QueueBytes)
        {
            own.Dispose();
            meter.NotStored(own.Run is null ? "request" : "run", "queue_full");
            return;
        }

        Add(own);
    }

    /// <summary>Room again for what was taken out.</summary>
    public void Free(StoreRequest request) => Interlocked.Add(ref _bytes, -request.Bytes);

    /// <summary>Takes no more; what waits is still stored.</summary>
    public void Complete()
    {
        _waiting.Writer.TryComplete();
        _closed.TrySetResult();
    }

    private bool HasRoom => Bytes < options.Storing.QueueBytes;
}
