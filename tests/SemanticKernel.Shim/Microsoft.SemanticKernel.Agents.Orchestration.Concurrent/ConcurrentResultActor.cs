using System.Collections.Concurrent;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;

/// <summary>Waits for all answers and publishes them together.</summary>
internal sealed class ConcurrentResultActor(AgentId id, IAgentRuntime runtime, OrchestrationContext context, AgentType result, int expected)
    : OrchestrationActor(id, runtime, context, "Captures the results of the ConcurrentOrchestration"), IHandle<ConcurrentMessages.Result>
{
    private readonly ConcurrentQueue<ConcurrentMessages.Result> _results = [];
    private int _count;

    public async ValueTask HandleAsync(ConcurrentMessages.Result item, MessageContext messageContext)
    {
        _results.Enqueue(item);
        if (Interlocked.Increment(ref _count) == expected)
            await PublishMessageAsync(_results.ToArray(), result, messageContext.CancellationToken).ConfigureAwait(false);
    }
}
