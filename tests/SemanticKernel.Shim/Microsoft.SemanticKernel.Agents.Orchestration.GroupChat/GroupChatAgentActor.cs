using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>Listens until it is given the word, then tells everybody its answer.</summary>
internal sealed class GroupChatAgentActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent)
    : AgentActor(id, runtime, context, agent), IHandle<GroupChatMessages.Group>, IHandle<GroupChatMessages.Speak>
{
    private readonly List<ChatMessageContent> _heard = [];

    public ValueTask HandleAsync(GroupChatMessages.Group item, MessageContext messageContext)
    {
        _heard.AddRange(item.Messages);
        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(GroupChatMessages.Speak item, MessageContext messageContext)
    {
        ChatMessageContent reply = await InvokeAsync(_heard, messageContext.CancellationToken).ConfigureAwait(false);
        _heard.Clear();
        await PublishMessageAsync(new GroupChatMessages.Group([reply]), Context.Topic).ConfigureAwait(false);
    }
}
