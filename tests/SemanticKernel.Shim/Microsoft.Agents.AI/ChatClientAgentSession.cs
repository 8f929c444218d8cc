using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>A conversation kept here, or by the service under its id.</summary>
public sealed class ChatClientAgentSession : AgentSession
{
    internal ChatClientAgentSession()
    {
    }

    /// <summary>The service's id of the conversation; null while the history is kept here.</summary>
    public string? ConversationId { get; internal set; }

    internal List<ChatMessage> History { get; } = [];
}
