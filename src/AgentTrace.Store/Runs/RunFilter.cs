namespace AgentTrace.Store.Runs;

/// <summary>Which runs are listed. What is null does not count.</summary>
public sealed record RunFilter
{
    /// <summary>How they ended.</summary>
    public string? Outcome { get; init; }

    /// <summary>The workflow's name.</summary>
    public string? Name { get; init; }

    /// <summary>The app that ran them.</summary>
    public string? Service { get; init; }

    /// <summary>The agent that is blamed.</summary>
    public string? Agent { get; init; }

    /// <summary>The step that is blamed, 0-based.</summary>
    public int? Step { get; init; }

    /// <summary>The kind of failure.</summary>
    public string? Category { get; init; }

    /// <summary>Only runs that were complete at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only runs that were complete before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only runs that stand after this one in the list.</summary>
    public RunCursor? After { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 50;
}
