using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;

/// <summary>Answers, and publishes the answer to the collector.</summary>
internal sealed class ConcurrentActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, Agent agent, AgentType collector)
    : AgentActor(id, runtime, context, agent), IHandle<ConcurrentMessages.Request>
{
    public async ValueTask HandleAsync(ConcurrentMessages.Request item, MessageContext messageContext)
    {
        ChatMessageContent reply = await InvokeAsync(item.Messages, messageContext.CancellationToken).ConfigureAwait(false);
        await PublishMessageAsync(new ConcurrentMessages.Result(reply), collector, messageContext.CancellationToken).ConfigureAwait(false);
    }
}
