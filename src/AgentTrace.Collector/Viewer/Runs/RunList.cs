using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Viewer.Runs;

/// <summary>A page of the list of runs.</summary>
public sealed record RunList
{
    /// <summary>What was asked for.</summary>
    public required RunsQuery Query { get; init; }

    /// <summary>The runs that match, the last finished first.</summary>
    public required IReadOnlyList<RunLine> Lines { get; init; }

    /// <summary>The last runs that did not fail, shown below the failed ones where nothing was asked for.</summary>
    public IReadOnlyList<RunLine> Others { get; init; } = [];

    /// <summary>Where the next page begins; null at the end.</summary>
    public RunCursor? Next { get; init; }

    /// <summary>Whether the search ended before all runs were looked at.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether any run is kept at all.</summary>
    public bool HasRuns { get; init; }

    /// <summary>Agents that were blamed lately, to choose from.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>Kinds of failure that were seen lately, to choose from.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
