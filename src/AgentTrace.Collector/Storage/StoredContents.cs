namespace AgentTrace.Collector.Storage;

/// <summary>Which spans are stored.</summary>
public enum StoredContents
{
    /// <summary>Those of traces in which an agent, model or tool speaks; the whole traces, with the web requests and queries around it.</summary>
    AgentRuns,

    /// <summary>Every span.</summary>
    All,
}
