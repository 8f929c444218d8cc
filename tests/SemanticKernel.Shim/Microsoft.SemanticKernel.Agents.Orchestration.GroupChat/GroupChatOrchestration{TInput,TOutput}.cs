using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>Agents that hear each other; a manager gives the word.</summary>
[Experimental("SKEXP0110")]
public class GroupChatOrchestration<TInput, TOutput>(GroupChatManager manager, params Agent[] agents)
    : AgentOrchestration<TInput, TOutput>(agents)
{
    protected override ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent) =>
        runtime.PublishMessageAsync(
            new GroupChatMessages.InputTask([.. input]),
            entryAgent ?? throw new ArgumentException("Entry agent is not defined.", nameof(entryAgent)));

    protected override async ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger)
    {
        AgentType result = await registrar.RegisterResultTypeAsync<GroupChatMessages.Result>(response => [response.Message])
            .ConfigureAwait(false);
        GroupChatTeam team = [];
        for (int index = 0; index < Members.Count; index++)
        {
            Agent agent = Members[index];
            AgentType type = await runtime.RegisterOrchestrationAgentAsync(
                FormatAgentType(context.Topic, $"Agent_{index + 1}"),
                (id, host) => ValueTask.FromResult<IHostableAgent>(new GroupChatAgentActor(id, host, context, agent)))
                .ConfigureAwait(false);
            team[agent.Name ?? agent.Id] = (type, agent.Description ?? "A helpful agent.");
            await runtime.SubscribeAsync(type, context.Topic).ConfigureAwait(false);
        }

        AgentType lead = await runtime.RegisterOrchestrationAgentAsync(
            FormatAgentType(context.Topic, "Manager"),
            (id, host) => ValueTask.FromResult<IHostableAgent>(new GroupChatManagerActor(id, host, context, manager, team, result)))
            .ConfigureAwait(false);
        await runtime.SubscribeAsync(lead, context.Topic).ConfigureAwait(false);
        return lead;
    }
}
