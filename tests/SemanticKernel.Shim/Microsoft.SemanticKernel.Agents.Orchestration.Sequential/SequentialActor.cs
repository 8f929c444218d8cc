using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Sequential;

/// <summary>Answers, and publishes the answer to the next in line.</summary>
internal sealed class SequentialActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent, AgentType next)
    : AgentActor(id, runtime, context, agent), IHandle<SequentialMessages.Request>, IHandle<SequentialMessages.Response>
{
    public ValueTask HandleAsync(SequentialMessages.Request item, MessageContext messageContext) =>
        TurnAsync(item.Messages, messageContext);

    public ValueTask HandleAsync(SequentialMessages.Response item, MessageContext messageContext) =>
        TurnAsync([item.Message], messageContext);

    private async ValueTask TurnAsync(IList<ChatMessageContent> input, MessageContext messageContext)
    {
        ChatMessageContent reply = await InvokeAsync(input, messageContext.CancellationToken).ConfigureAwait(false);
        await PublishMessageAsync(new SequentialMessages.Response(reply), next, messageContext.CancellationToken).ConfigureAwait(false);
    }
}
