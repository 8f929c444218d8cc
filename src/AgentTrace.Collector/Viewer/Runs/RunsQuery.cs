using System.Globalization;
using AgentTrace.Store.Runs;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Viewer.Runs;

/// <summary>What a person asked the list of runs for. All of it stands in the page's address.</summary>
public sealed record RunsQuery
{
    /// <summary><c>failure</c>, <c>success</c>, <c>unknown</c>, or <c>all</c>.</summary>
    public string Outcome { get; init; } = Failed;

    /// <summary>The agent that is blamed; null for any.</summary>
    public string? Agent { get; init; }

    /// <summary>The kind of failure; null for any.</summary>
    public string? Category { get; init; }

    /// <summary>What a run's trace id, name, agent or kind of failure must contain; null for anything.</summary>
    public string? Search { get; init; }

    /// <summary>Only runs after this one in the list.</summary>
    public RunCursor? After { get; init; }

    /// <summary>Whether nothing was asked for: the page as it opens.</summary>
    public bool IsPlain => Outcome == Failed && Agent is null && Category is null && Search is null && After is null;

    internal const string Failed = "failure";
    internal const string All = "all";

    private const int Longest = 200;
    private static readonly string[] Outcomes = [Failed, "success", "unknown", All];

    /// <summary>What does not make sense counts as not said: an address is easily mistyped, and the form shows what is looked at.</summary>
    internal static RunsQuery Read(IQueryCollection query) => new()
    {
        Outcome = Outcomes.Contains(query["outcome"].ToString()) ? query["outcome"].ToString() : Failed,
        Agent = Text(query["agent"]),
        Category = Text(query["category"]),
        Search = Text(query["q"]),
        After = Cursor(query["after"]),
    };

    /// <summary>The address of the list from that run on.</summary>
    internal string AddressAfter(RunCursor? after)
    {
        var parts = new List<string> { $"outcome={Outcome}" };
        foreach ((string name, string? value) in new[] { ("agent", Agent), ("category", Category), ("q", Search) })
            if (value is not null)
                parts.Add($"{name}={Uri.EscapeDataString(value)}");
        if (after is { } place)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"after={place.FinishedAt.UtcTicks}-{place.TraceId:x32}"));
        return $"/runs?{string.Join('&', parts)}";
    }

    internal bool Matches(StoredRun run) =>
        (Agent is null || run.Agent == Agent) && (Category is null || run.Category == Category) && (Search is null || Contains(run, Search));

    private static bool Contains(StoredRun run, string words) =>
        new[] { run.Name, run.Agent, run.Category, run.Category?.Replace('_', ' '), run.TraceId.ToString("x32", CultureInfo.InvariantCulture) }
            .Any(text => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true);

    private static string? Text(string? value) => value?.Trim() is { Length: > 0 and <= Longest } text ? text : null;

    private static RunCursor? Cursor(string? value) =>
        value?.Split('-') is [var ticks, var trace]
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at <= DateTime.MaxValue.Ticks
        && UInt128.TryParse(trace, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 id)
            ? new RunCursor(new DateTimeOffset(at, TimeSpan.Zero), id) : null;
}
