using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Query;

/// <summary>Reads finished runs for whoever shows them: an API, a page, a tool. It works on the store, or on the runs in memory where there is none.</summary>
/// <remarks>A run is found at once when it is complete, and stands in the list once it is stored, a moment later.</remarks>
internal sealed class RunLibrary(IRunStore runs, IRunArchive archive, IJudgementStore judgements)
{
    /// <summary>A page of at most <see cref="RunFilter.Limit"/> runs that match.</summary>
    public async ValueTask<RunPage> ListAsync(RunFilter filter, CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRun> found = await archive.ListRunsAsync(filter with { Limit = filter.Limit + 1 }, cancellationToken).ConfigureAwait(false);
        if (found.Count <= filter.Limit)
            return new RunPage(found, null);
        StoredRun last = found[filter.Limit - 1];
        return new RunPage([.. found.Take(filter.Limit)], new RunCursor(last.FinishedAt, last.TraceId));
    }

    /// <summary>The run of that trace, with what people say about it; null where none is kept.</summary>
    public async ValueTask<RunDetails?> FindAsync(UInt128 traceId, CancellationToken cancellationToken)
    {
        if (runs.Find(TraceId.Of(traceId).ToString()) is not { } record)
            return null;
        PostedOutcome? outcome = await judgements.FindOutcomeAsync(traceId, cancellationToken).ConfigureAwait(false);
        return new RunDetails(record, outcome, await judgements.ListLabelsAsync(traceId, cancellationToken).ConfigureAwait(false));
    }
}
