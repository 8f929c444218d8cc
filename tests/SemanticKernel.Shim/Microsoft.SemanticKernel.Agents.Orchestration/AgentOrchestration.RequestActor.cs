using Microsoft.SemanticKernel.Agents.Orchestration.Transforms;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

public abstract partial class AgentOrchestration<TInput, TOutput>
{
    /// <summary>Takes the input and starts the run.</summary>
    private sealed class RequestActor(
        AgentId id,
        IAgentRuntime runtime,
        OrchestrationContext context,
        OrchestrationInputTransform<TInput> transform,
        TaskCompletionSource<TOutput> completion,
        Func<IEnumerable<ChatMessageContent>, ValueTask> start)
        : OrchestrationActor(id, runtime, context, $"{id.Type}_Actor"), IHandle<TInput>
    {
        public async ValueTask HandleAsync(TInput item, MessageContext messageContext)
        {
            try
            {
                await start(await transform(item, messageContext.CancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
                throw;
            }
        }
    }
}
