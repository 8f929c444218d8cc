using Microsoft.SemanticKernel.Agents.Orchestration;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Listens until it is given the word, then tells everybody its answer.</summary>
internal sealed class MagenticAgentActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent)
    : AgentActor(id, runtime, context, agent),
        IHandle<MagenticMessages.Group>, IHandle<MagenticMessages.Reset>, IHandle<MagenticMessages.Speak>
{
    private readonly List<ChatMessageContent> _heard = [];

    public ValueTask HandleAsync(MagenticMessages.Group item, MessageContext messageContext)
    {
        _heard.AddRange(item.Messages);
        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(MagenticMessages.Reset item, MessageContext messageContext)
    {
        _heard.Clear();
        return DeleteThreadAsync(messageContext.CancellationToken);
    }

    public async ValueTask HandleAsync(MagenticMessages.Speak item, MessageContext messageContext)
    {
        ChatMessageContent reply = await InvokeAsync(_heard, messageContext.CancellationToken).ConfigureAwait(false);
        _heard.Clear();
        await PublishMessageAsync(new MagenticMessages.Group { Messages = [reply] }, Context.Topic).ConfigureAwait(false);
    }
}
