namespace Microsoft.Agents.AI.Workflows;

/// <summary>The run failed. Nothing is thrown at who started it.</summary>
public class WorkflowErrorEvent(Exception? e) : WorkflowEvent(e)
{
    public Exception? Exception => e;
}
