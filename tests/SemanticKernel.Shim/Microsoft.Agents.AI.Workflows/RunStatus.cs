namespace Microsoft.Agents.AI.Workflows;

/// <summary>Where a run stands.</summary>
public enum RunStatus
{
    NotStarted,
    Idle,
    PendingRequests,
    Ended,
    Running,
}
