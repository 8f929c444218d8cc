namespace Microsoft.Agents.AI.Workflows;

/// <summary>A piece of an agent's answer.</summary>
public sealed class AgentResponseUpdateEvent(string executorId, AgentResponseUpdate update) : WorkflowOutputEvent(update, executorId)
{
    public AgentResponseUpdate Update => update;

    public AgentResponse AsResponse() => new[] { update }.ToAgentResponse();
}
