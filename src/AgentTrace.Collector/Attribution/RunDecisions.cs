using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Attribution;

/// <summary>Tells who listens that a run is decided: it did not fail, or it was attributed and its verdict is on its way.</summary>
public sealed class RunDecisions
{
    /// <summary>Raised once a run, and again when late spans change its outcome or verdict, on the thread that decided it; handlers must be quick.</summary>
    public event Action<RunRecord>? Decided;

    internal void Publish(RunRecord record) => Decided?.Invoke(record);
}
