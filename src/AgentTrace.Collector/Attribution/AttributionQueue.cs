using System.Threading.Channels;

namespace AgentTrace.Collector.Attribution;

/// <summary>Failed runs that wait for a verdict; bounded, so that a storm of failures cannot fill the memory.</summary>
/// <remarks>
/// A run stands in it once: when more of it comes while it waits, the newer state takes the older one's place; while it is being attributed,
/// it waits until that is done. So no run is attributed twice at once, or once for a state that is out of date already.
/// </remarks>
internal sealed class AttributionQueue(CollectorOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, AttributionJob> _waiting = new(StringComparer.Ordinal);
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);
    private readonly Channel<string> _ready = Channel.CreateUnbounded<string>();
    private bool _isComplete;

    /// <summary>Runs that wait now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    /// <summary>Whether the run waits, or is being attributed.</summary>
    public bool Holds(string traceId)
    {
        lock (_lock)
            return _waiting.ContainsKey(traceId) || _busy.Contains(traceId);
    }

    /// <summary>False when there is no room, or no more is taken.</summary>
    public bool TryEnqueue(AttributionJob job)
    {
        string id = job.Record.Run.Id;
        lock (_lock)
        {
            if (_isComplete)
                return false;
            if (_waiting.ContainsKey(id))
            {
                _waiting[id] = job;
                return true;
            }

            if (_waiting.Count >= options.Attribution.MaxQueued)
                return false;
            _waiting[id] = job;
            if (!_busy.Contains(id))
                _ready.Writer.TryWrite(id);
            return true;
        }
    }

    /// <summary>Jobs as they come, until the queue is complete and empty. Each must be given back by <see cref="Done"/>.</summary>
    public async IAsyncEnumerable<AttributionJob> TakeAllAsync()
    {
        await foreach (string id in _ready.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            AttributionJob job;
            lock (_lock)
            {
                _waiting.Remove(id, out job!);
                _busy.Add(id);
            }

            yield return job;
        }
    }

    public void Done(AttributionJob job)
    {
        string id = job.Record.Run.Id;
        lock (_lock)
        {
            _busy.Remove(id);
            if (_waiting.ContainsKey(id))
                _ready.Writer.TryWrite(id);
            EndWhenEmpty();
        }
    }

    /// <summary>Takes no more; what waits is still handed out.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            EndWhenEmpty();
        }
    }

    private void EndWhenEmpty()
    {
        if (_isComplete && _waiting.Count == 0 && _busy.Count == 0)
            _ready.Writer.TryComplete();
    }
}
