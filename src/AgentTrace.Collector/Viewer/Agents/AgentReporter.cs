using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer.Runs;

namespace AgentTrace.Collector.Viewer.Agents;

/// <summary>Adds up the last runs by agent, handoff and version.</summary>
internal sealed class AgentReporter(RunLists lists)
{
    /// <summary>Runs that are looked at: each is read whole.</summary>
    public const int LookedAt = 300;

    /// <summary>Spans of time into which the runs' time is cut.</summary>
    public const int Times = 12;

    public async Task<AgentReport> ReportAsync(CancellationToken cancellationToken) => Report(await lists.LatestAsync(LookedAt, cancellationToken).ConfigureAwait(false));

    internal static AgentReport Report(IReadOnlyList<RunRecord> records)
    {
        if (records.Count == 0)
            return new AgentReport();
        DateTimeOffset from = records.Min(record => record.FinishedAt), to = records.Max(record => record.FinishedAt);
        return new AgentReport
        {
            Runs = records.Count,
            Failed = records.Count(record => record.Run.Outcome == RunOutcome.Failure),
            Attributed = records.Count(record => Culprit(record) is not null),
            From = from,
            To = to,
            Agents = Agents(records, from, to),
            Handoffs = Handoffs(records),
            Versions = Versions(records),
        };
    }

    private static List<AgentFigures> Agents(IReadOnlyList<RunRecord> records, DateTimeOffset from, DateTimeOffset to)
    {
        Dictionary<string, int> tookPart = records.SelectMany(record => record.Run.Steps.Select(step => step.Agent).Distinct()).CountBy(agent => agent).ToDictionary();
        ILookup<string, RunRecord> blamed = records.Where(record => Culprit(record) is not null).ToLookup(record => record.Attribution!.Agent ?? Culprit(record)!.Agent);
        return [.. tookPart.Keys.Union(blamed.Select(group => group.Key))
            .Select(agent => new AgentFigures(
                agent,
                tookPart.GetValueOrDefault(agent),
                blamed[agent].Count(),
                [.. blamed[agent].CountBy(record => FailureCategories.Of(Culprit(record))).Select(kind => (kind.Key, kind.Value)).OrderByDescending(kind => kind.Value)],
                OverTime(blamed[agent], from, to)))
            .OrderByDescending(figures => figures.Blamed).ThenByDescending(figures => figures.Runs).ThenBy(figures => figures.Agent, StringComparer.Ordinal)];
    }

    private static int[] OverTime(IEnumerable<RunRecord> records, DateTimeOffset from, DateTimeOffset to)
    {
        int[] counts = new int[Times];
        double whole = Math.Max(1, (to - from).Ticks);
        foreach (RunRecord record in records)
            counts[Math.Min(Times - 1, (int)((record.FinishedAt - from).Ticks / whole * Times))]++;
        return counts;
    }

    private static List<HandoffFigures> Handoffs(IReadOnlyList<RunRecord> records)
    {
        var counts = new Dictionary<(string From, string To), (int Count, int IntoCulprit)>();
        foreach (RunRecord record in records)
        {
            foreach ((Step before, Step step) in record.Run.Steps.Zip(record.Run.Steps.Skip(1)))
            {
                if (before.Agent == step.Agent)
                    continue;
                (int count, int intoCulprit) = counts.GetValueOrDefault((before.Agent, step.Agent));
                counts[(before.Agent, step.Agent)] = (count + 1, intoCulprit + (record.Attribution?.Step == step.Index ? 1 : 0));
            }
        }

        return [.. counts.Select(pair => new HandoffFigures(pair.Key.From, pair.Key.To, pair.Value.Count, pair.Value.IntoCulprit)).OrderByDescending(figures => figures.Count)];
    }

    private static List<VersionFigures> Versions(IReadOnlyList<RunRecord> records) =>
        [.. records.GroupBy(record => record.Run.ServiceVersion ?? "")
            .Select(version => new VersionFigures(
                version.Key,
                version.Min(record => record.FinishedAt),
                version.Count(),
                version.Count(record => record.Run.Outcome == RunOutcome.Failure),
                version.Select(record => record.Attribution?.Agent).OfType<string>().CountBy(agent => agent).OrderByDescending(count => count.Value).Select(count => count.Key).FirstOrDefault()))
            .OrderBy(figures => figures.Since)];

    private static Step? Culprit(RunRecord record) =>
        record.Attribution?.Step is { } step && step < record.Run.Steps.Count ? record.Run.Steps[step] : null;
}
