using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;

/// <summary>All agents work on the same input.</summary>
[Experimental("SKEXP0110")]
public class ConcurrentOrchestration<TInput, TOutput>(params Agent[] agents) : AgentOrchestration<TInput, TOutput>(agents)
{
    protected override ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent) =>
        runtime.PublishMessageAsync(new ConcurrentMessages.Request([.. input]), topic);

    protected override async ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger)
    {
        AgentType result = await registrar
            .RegisterResultTypeAsync<ConcurrentMessages.Result[]>(results => [.. results.Select(answer => answer.Message)])
            .ConfigureAwait(false);
        AgentType collector = await runtime.RegisterOrchestrationAgentAsync(
            FormatAgentType(context.Topic, "Results"),
            (id, host) => ValueTask.FromResult<IHostableAgent>(new ConcurrentResultActor(id, host, context, result, Members.Count)))
            .ConfigureAwait(false);
        for (int index = 0; index < Members.Count; index++)
        {
            Agent agent = Members[index];
            AgentType type = await runtime.RegisterAgentFactoryAsync(
                FormatAgentType(context.Topic, $"Agent_{index + 1}"),
                (id, host) => ValueTask.FromResult<IHostableAgent>(new ConcurrentActor(id, host, context, agent, collector)))
                .ConfigureAwait(false);
            await runtime.SubscribeAsync(type, context.Topic).ConfigureAwait(false);
        }

        return null;
    }
}
