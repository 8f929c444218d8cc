using AgentTrace.Collector.Otlp;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Storage;

/// <summary>Lists the runs that are in memory as a store would.</summary>
/// <param name="runs">Where they are.</param>
/// <param name="most">How many may be there.</param>
internal sealed class InMemoryRunArchive(IRunStore runs, int most) : IRunArchive
{
    public ValueTask SaveRunAsync(StoredRun run, CancellationToken cancellationToken = default)
    {
        runs.Save(RunDocument.Read(run));
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredRun?> FindRunAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        new(runs.Find(TraceId.Of(traceId).ToString()) is { } record ? RunDocument.Of(record) : null);

    public ValueTask<IReadOnlyList<StoredRun>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken = default)
    {
        IEnumerable<StoredRun> found = runs.Latest(most).Select(RunDocument.LineOf).Where(run => Matches(run, filter))
            .OrderByDescending(run => run.FinishedAt).ThenByDescending(run => run.TraceId).Take(filter.Limit);
        return new ValueTask<IReadOnlyList<StoredRun>>([.. found]);
    }

    private static bool Matches(StoredRun run, RunFilter filter) =>
        Is(filter.Outcome, run.Outcome) && Is(filter.Name, run.Name) && Is(filter.Service, run.Service) && Is(filter.Agent, run.Agent) && Is(filter.Category, run.Category)
        && (filter.Step is null || filter.Step == run.Step)
        && (filter.Since is null || run.FinishedAt >= filter.Since) && (filter.Until is null || run.FinishedAt < filter.Until)
        && (filter.After is not { } after || (run.FinishedAt, run.TraceId).CompareTo((after.FinishedAt, after.TraceId)) < 0);

    private static bool Is(string? wanted, string? value) => wanted is null || wanted == value;
}
