namespace AgentTrace.Collector;

/// <summary>When the spans of agent runs are passed on.</summary>
public enum CollectorMode
{
    /// <summary>At once; the verdict comes later, as spans of its own.</summary>
    Stream,

    /// <summary>
    /// Once their run is complete and judged: the verdict stands on the culprit's own span. After <see cref="Hold.HoldOptions.Deadline"/> a run
    /// goes on as in <see cref="Stream"/>.
    /// </summary>
    Hold,
}
