namespace AgentTrace.Collector.Viewer.Agents;

/// <summary>What the last runs say about agents.</summary>
public sealed record AgentReport
{
    /// <summary>Runs that were looked at.</summary>
    public int Runs { get; init; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Those in which an agent is blamed.</summary>
    public int Attributed { get; init; }

    /// <summary>When the first of them finished.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>When the last of them finished.</summary>
    public DateTimeOffset To { get; init; }

    /// <summary>Agents, the most blamed first.</summary>
    public IReadOnlyList<AgentFigures> Agents { get; init; } = [];

    /// <summary>Who was followed by whom.</summary>
    public IReadOnlyList<HandoffFigures> Handoffs { get; init; } = [];

    /// <summary>Versions of the app, the oldest first.</summary>
    public IReadOnlyList<VersionFigures> Versions { get; init; } = [];
}
