using Microsoft.SemanticKernel.Agents.Orchestration.Transforms;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

public abstract partial class AgentOrchestration<TInput, TOutput>
{
    /// <summary>Takes the result and ends the run.</summary>
    private sealed class ResultActor<TResult>(
        AgentId id,
        IAgentRuntime runtime,
        OrchestrationContext context,
        OrchestrationResultTransform<TResult> resultTransform,
        OrchestrationOutputTransform<TOutput> outputTransform,
        TaskCompletionSource<TOutput> completion)
        : OrchestrationActor(id, runtime, context, $"{id.Type}_Actor"), IHandle<TResult>
    {
        public async ValueTask HandleAsync(TResult item, MessageContext messageContext)
        {
            if (completion.Task.IsCompleted)
                return;
            try
            {
                completion.TrySetResult(
                    await outputTransform(resultTransform(item), messageContext.CancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                completion.SetException(exception);
                throw;
            }
        }
    }
}
