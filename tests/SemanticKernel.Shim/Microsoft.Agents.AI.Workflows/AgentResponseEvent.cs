namespace Microsoft.Agents.AI.Workflows;

/// <summary>An agent's answer.</summary>
public sealed class AgentResponseEvent(string executorId, AgentResponse response) : WorkflowOutputEvent(response, executorId)
{
    public AgentResponse Response => response;
}
