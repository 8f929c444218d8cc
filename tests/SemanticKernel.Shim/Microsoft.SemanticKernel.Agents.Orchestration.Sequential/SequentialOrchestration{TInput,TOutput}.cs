using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Sequential;

/// <summary>Each agent works on the answer of the one before.</summary>
[Experimental("SKEXP0110")]
public class SequentialOrchestration<TInput, TOutput>(params Agent[] agents) : AgentOrchestration<TInput, TOutput>(agents)
{
    protected override ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent) =>
        runtime.PublishMessageAsync(
            new SequentialMessages.Request([.. input]),
            entryAgent ?? throw new ArgumentException("Entry agent is not defined.", nameof(entryAgent)));

    protected override async ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger)
    {
        AgentType next = await registrar.RegisterResultTypeAsync<SequentialMessages.Response>(response => [response.Message])
            .ConfigureAwait(false);
        for (int index = Members.Count - 1; index >= 0; index--)
        {
            (Agent agent, AgentType after) = (Members[index], next);
            next = await runtime.RegisterOrchestrationAgentAsync(
                FormatAgentType(context.Topic, $"Agent_{index + 1}"),
                (id, host) => ValueTask.FromResult<IHostableAgent>(new SequentialActor(id, host, context, agent, after)))
                .ConfigureAwait(false);
        }

        return next;
    }
}
