namespace AgentTrace.Probe.Training;

/// <summary>Threads that do their parts of one piece of work after the other, without allocating between them.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Thread[] _threads;
    private readonly Barrier _start;
    private readonly Barrier _end;
    private Action<int>? _work;
    private Exception? _failure;

    public WorkerTeam(int workers)
    {
        Count = workers;
        (_start, _end) = (new Barrier(workers), new Barrier(workers));
        _threads = [.. Enumerable.Range(1, workers - 1).Select(worker => new Thread(() => Loop(worker)) { IsBackground = true, Name = $"probe worker {worker}" })];
        foreach (Thread thread in _threads)
            thread.Start();
    }

    /// <summary>Number of workers; the caller is one of them.</summary>
    public int Count { get; }

    /// <summary>Runs <paramref name="work"/> once for each worker, 0 to <see cref="Count"/> - 1, and returns when all are done.</summary>
    public void Run(Action<int> work)
    {
        _work = work;
        _start.SignalAndWait();
        Do(0);
        _end.SignalAndWait();
        if (Interlocked.Exchange(ref _failure, null) is { } failure)
            throw new InvalidOperationException("A worker failed.", failure);
    }

    public void Dispose()
    {
        _work = null;
        _start.SignalAndWait();
        foreach (Thread thread in _threads)
            thread.Join();
        _start.Dispose();
        _end.Dispose();
    }

    private void Loop(int worker)
    {
        while (true)
        {
            _start.SignalAndWait();
            if (_work is null)
                return;
            Do(worker);
            _end.SignalAndWait();
        }
    }

    private void Do(int worker)
    {
        try
        {
            _work!(worker);
        }
#pragma warning disable CA1031 // Whatever it is, the caller throws it again: a worker that died would leave the others waiting.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _failure = e;
        }
    }
}
