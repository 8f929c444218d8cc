namespace Microsoft.Agents.AI.Workflows;

/// <summary>Something an executor did.</summary>
public class ExecutorEvent(string executorId, object? data) : WorkflowEvent(data)
{
    public string ExecutorId => executorId;
}
