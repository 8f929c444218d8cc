using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Orchestration;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>Agents under a manager that plans.</summary>
[Experimental("SKEXP0110")]
public class MagenticOrchestration<TInput, TOutput>(MagenticManager manager, params Agent[] agents)
    : AgentOrchestration<TInput, TOutput>(agents)
{
    protected override ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent) =>
        runtime.PublishMessageAsync(
            new MagenticMessages.InputTask { Messages = [.. input] },
            entryAgent ?? throw new ArgumentException("Entry agent is not defined.", nameof(entryAgent)));

    protected override async ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger)
    {
        AgentType result = await registrar.RegisterResultTypeAsync<MagenticMessages.Result>(response => [response.Message])
            .ConfigureAwait(false);
        MagenticTeam team = [];
        for (int index = 0; index < Members.Count; index++)
        {
            Agent agent = Members[index];
            AgentType type = await runtime.RegisterOrchestrationAgentAsync(
                FormatAgentType(context.Topic, $"Agent_{index + 1}"),
                (id, host) => ValueTask.FromResult<IHostableAgent>(new MagenticAgentActor(id, host, context, agent))).ConfigureAwait(false);
            team[agent.Name ?? agent.Id] = (type, agent.Description ?? "A helpful agent.");
            await runtime.SubscribeAsync(type, context.Topic).ConfigureAwait(false);
        }

        AgentType lead = await runtime.RegisterOrchestrationAgentAsync(
            FormatAgentType(context.Topic, "Manager"),
            (id, host) => ValueTask.FromResult<IHostableAgent>(new MagenticManagerActor(id, host, context, manager, team, result)))
            .ConfigureAwait(false);
        await runtime.SubscribeAsync(lead, context.Topic).ConfigureAwait(false);
        return lead;
    }
}
