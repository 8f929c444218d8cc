namespace Microsoft.Agents.AI.Workflows;

/// <summary>An executor failed.</summary>
public sealed class ExecutorFailedEvent(string executorId, Exception? err) : ExecutorEvent(executorId, err)
{
    public new Exception? Data => err;
}
