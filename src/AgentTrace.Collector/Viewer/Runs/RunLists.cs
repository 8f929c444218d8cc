using System.Runtime.CompilerServices;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Viewer.Runs;

/// <summary>Finds runs for the pages: those that match, page by page.</summary>
internal sealed class RunLists(IRunArchive archive, IRunStore runs, IJudgementStore judgements)
{
    private const int PageSize = 25;
    private const int OthersShown = 5;
    private const int Chunk = 250;

    /// <summary>Words are looked for in so many runs; a page must not read a store of millions.</summary>
    private const int LookedAt = 5_000;

    public async Task<RunList> ListAsync(RunsQuery query, CancellationToken cancellationToken)
    {
        var found = new List<StoredRun>();
        int seen = 0;
        await foreach (StoredRun run in SummariesAsync(Filter(query), cancellationToken).ConfigureAwait(false))
        {
            if (query.Matches(run))
                found.Add(run);
            if (found.Count > PageSize || ++seen == LookedAt)
                break;
        }

        StoredRun[] shown = [.. found.Take(PageSize)];
        StoredRun[] lately = await LatelyAsync(cancellationToken).ConfigureAwait(false);
        return new RunList
        {
            Query = query,
            Lines = await LinesAsync(shown, cancellationToken).ConfigureAwait(false),
            Others = query.IsPlain ? await LinesAsync([.. lately.Where(run => run.Outcome != RunsQuery.Failed).Take(OthersShown)], cancellationToken).ConfigureAwait(false) : [],
            Next = found.Count > PageSize ? new RunCursor(shown[^1].FinishedAt, shown[^1].TraceId) : null,
            IsPartial = seen == LookedAt,
            HasRuns = lately.Length > 0 || shown.Length > 0,
            Agents = [.. lately.Select(run => run.Agent).OfType<string>().Distinct().Order(StringComparer.OrdinalIgnoreCase)],
            Categories = [.. lately.Select(run => run.Category).OfType<string>().Distinct().Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The last finished runs, whole.</summary>
    public async Task<IReadOnlyList<RunRecord>> LatestAsync(int count, CancellationToken cancellationToken)
    {
        var records = new List<RunRecord>();
        foreach (StoredRun run in await archive.ListRunsAsync(new RunFilter { Limit = count }, cancellationToken).ConfigureAwait(false))
            if (runs.Find(Id(run)) is { } record)
                records.Add(record);
        return records;
    }

    private static RunFilter Filter(RunsQuery query) => new()
    {
        Outcome = query.Outcome == RunsQuery.All ? null : query.Outcome,
        Agent = query.Agent,
        Category = query.Category,
        After = query.After,
        Limit = Chunk,
    };

    private async Task<StoredRun[]> LatelyAsync(CancellationToken cancellationToken)
    {
        var lately = new List<StoredRun>();
        await foreach (StoredRun run in SummariesAsync(new RunFilter { Limit = Chunk }, cancellationToken).ConfigureAwait(false))
        {
            lately.Add(run);
            if (lately.Count == Chunk)
                break;
        }

        return [.. lately];
    }

    /// <summary>All runs that match, the last finished first, read as far as they are asked for.</summary>
    private async IAsyncEnumerable<StoredRun> SummariesAsync(RunFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<StoredRun> chunk = await archive.ListRunsAsync(filter, cancellationToken).ConfigureAwait(false);
            foreach (StoredRun run in chunk)
                yield return run;
            if (chunk.Count < filter.Limit)
                yield break;
            filter = filter with { After = new RunCursor(chunk[^1].FinishedAt, chunk[^1].TraceId) };
        }
    }

    private async Task<IReadOnlyList<RunLine>> LinesAsync(StoredRun[] shown, CancellationToken cancellationToken)
    {
        var lines = new List<RunLine>();
        foreach (StoredRun run in shown)
        {
            RunRecord? record = runs.Find(Id(run));
            lines.Add(new RunLine(run, record?.Run.Task, record?.Run.OutcomeReason, record?.Attribution?.Cost,
                await judgements.ListLabelsAsync(run.TraceId, cancellationToken).ConfigureAwait(false)));
        }

        return lines;
    }

    private static string Id(StoredRun run) => TraceId.Of(run.TraceId).ToString();
}
