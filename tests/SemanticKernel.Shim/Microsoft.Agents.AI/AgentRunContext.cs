using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>The run an agent is in.</summary>
public sealed class AgentRunContext(
    AIAgent agent, AgentSession? session, IReadOnlyCollection<ChatMessage> requestMessages, AgentRunOptions? agentRunOptions)
{
    public AIAgent Agent { get; } = agent;

    public AgentSession? Session { get; } = session;

    public IReadOnlyCollection<ChatMessage> RequestMessages { get; } = requestMessages;

    public AgentRunOptions? RunOptions { get; } = agentRunOptions;
}
