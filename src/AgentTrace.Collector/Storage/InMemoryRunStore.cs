namespace AgentTrace.Collector.Storage;

/// <summary>Keeps the last runs in memory; the oldest goes when there is no room.</summary>
/// <param name="capacity">How many runs are kept.</param>
public sealed class InMemoryRunStore(int capacity) : IRunStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<RunRecord>> _byTrace = new(StringComparer.Ordinal);
    private readonly LinkedList<RunRecord> _newestFirst = [];

    /// <inheritdoc/>
    public void Save(RunRecord record)
    {
        lock (_lock)
        {
            if (_byTrace.TryGetValue(record.Run.Id, out LinkedListNode<RunRecord>? known))
            {
                known.Value = record;
                return;
            }

            _byTrace[record.Run.Id] = _newestFirst.AddFirst(record);
            if (_byTrace.Count <= capacity)
                return;
            _byTrace.Remove(_newestFirst.Last!.Value.Run.Id);
            _newestFirst.RemoveLast();
        }
    }

    /// <inheritdoc/>
    public RunRecord? Find(string traceId)
    {
        lock (_lock)
            return _byTrace.GetValueOrDefault(traceId)?.Value;
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> Latest(int count)
    {
        lock (_lock)
            return [.. _newestFirst.Take(count)];
    }
}
