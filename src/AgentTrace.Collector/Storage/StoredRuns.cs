using AgentTrace.Collector.Otlp;
using AgentTrace.Store;

namespace AgentTrace.Collector.Storage;

/// <summary>The last runs in memory and all of them in the store, to which they go in their own time.</summary>
internal sealed class StoredRuns(ITraceStore store, StoreQueue queue, int capacity) : IRunStore
{
    private readonly InMemoryRunStore _latest = new(capacity);

    public void Save(RunRecord record)
    {
        _latest.Save(record);
        queue.AddOwn(new StoreRequest(record));
    }

    public RunRecord? Find(string traceId)
    {
        if (_latest.Find(traceId) is { } known)
            return known;

        // Who asks runs on a thread of its own, and SQLite answers on that anyway.
        return TraceId.TryParse(traceId, out TraceId id) && store.FindRunAsync(id.Number).AsTask().GetAwaiter().GetResult() is { } stored ? RunDocument.Read(stored) : null;
    }

    public IReadOnlyList<RunRecord> Latest(int count) => _latest.Latest(count);
}
