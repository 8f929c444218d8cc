using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>Runs that were let go, with the memory they had, for traces to come: under load thousands come and go each second.</summary>
internal sealed class SpareRuns(CollectorOptions options)
{
    private readonly Stack<PendingRun> _spare = new();
    private int _fewest;

    /// <summary>A run for that trace.</summary>
    public PendingRun Take(TraceId trace, TimeSpan now)
    {
        if (!_spare.TryPop(out PendingRun? run))
            return new PendingRun(trace, now, options);
        _fewest = Math.Min(_fewest, _spare.Count);
        run.Begin(trace, now);
        return run;
    }

    /// <summary>Takes back a run that nobody reads any more.</summary>
    public void Return(PendingRun run)
    {
        if (run.CanBeUsedAgain)
            _spare.Push(run);
    }

    /// <summary>Lets half of those go that were not needed since the last call.</summary>
    public void Trim()
    {
        for (int i = _fewest - (_fewest / 2); i > 0; i--)
            _spare.Pop();
        _fewest = _spare.Count;
    }
}
