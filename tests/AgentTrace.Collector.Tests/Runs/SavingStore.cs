using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Tests.Runs;

/// <summary>A store that lets a test stop the first save and look at what was saved, and that can refuse a run.</summary>
internal sealed class SavingStore : IRunStore, IDisposable
{
    private readonly InMemoryRunStore _store = new(100);
    private readonly Lock _lock = new();
    private readonly List<RunRecord> _saved = [];
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _proceed = new();

    /// <summary>Ends when the first save has begun.</summary>
    public Task Entered => _entered.Task;

    /// <summary>The trace that cannot be saved.</summary>
    public string? Refused { get; init; }

    public IReadOnlyList<RunRecord> Saved
    {
        get
        {
            lock (_lock)
                return [.. _saved];
        }
    }

    /// <summary>Lets saves through.</summary>
    public void Proceed() => _proceed.Set();

    public void Save(RunRecord record)
    {
        _entered.TrySetResult();
        _proceed.Wait();
        if (record.Run.Id == Refused)
            throw new InvalidOperationException("The disk is full.");
        _store.Save(record);
        lock (_lock)
            _saved.Add(record);
    }

    public RunRecord? Find(string traceId) => _store.Find(traceId);

    public IReadOnlyList<RunRecord> Latest(int count) => _store.Latest(count);

    public void Dispose() => _proceed.Dispose();
}
