using Microsoft.Extensions.AI;

namespace Microsoft.Agents.AI;

/// <summary>How one run of a chat client agent is to be done.</summary>
public sealed class ChatClientAgentRunOptions : AgentRunOptions
{
    public ChatClientAgentRunOptions(ChatOptions? chatOptions = null) => ChatOptions = chatOptions;

    private ChatClientAgentRunOptions(ChatClientAgentRunOptions options) : base(options)
    {
        ChatOptions = options.ChatOptions?.Clone();
        ChatClientFactory = options.ChatClientFactory;
    }

    public ChatOptions? ChatOptions { get; set; }

    public Func<IChatClient, IChatClient>? ChatClientFactory { get; set; }

    public override AgentRunOptions Clone() => new ChatClientAgentRunOptions(this);
}
