using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Orchestration.Transforms;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

public abstract partial class AgentOrchestration<TInput, TOutput>
{
    /// <summary>Registers the actor that takes the run's result.</summary>
    public sealed class RegistrationContext(
        AgentType agentType,
        IAgentRuntime runtime,
        OrchestrationContext context,
        TaskCompletionSource<TOutput> completion,
        OrchestrationOutputTransform<TOutput> outputTransform)
    {
        public ValueTask<AgentType> RegisterResultTypeAsync<TResult>(OrchestrationResultTransform<TResult> resultTransform) =>
            runtime.RegisterOrchestrationAgentAsync(
                agentType,
                (id, host) => ValueTask.FromResult<IHostableAgent>(
                    new ResultActor<TResult>(id, host, context, resultTransform, outputTransform, completion)));
    }
}
