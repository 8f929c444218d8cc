using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Agents.Orchestration.Extensions;
using Microsoft.SemanticKernel.Agents.Runtime;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>Agents that hand the work to each other as they see fit.</summary>
[Experimental("SKEXP0110")]
public class HandoffOrchestration<TInput, TOutput> : AgentOrchestration<TInput, TOutput>
{
    private readonly OrchestrationHandoffs _handoffs;

    /// <exception cref="ArgumentException">A handoff names an agent that is no member.</exception>
    public HandoffOrchestration(OrchestrationHandoffs handoffs, params Agent[] agents) : base(agents)
    {
        ArgumentNullException.ThrowIfNull(handoffs);
        HashSet<string> members = [.. agents.Select(agent => agent.Name ?? agent.Id), handoffs.FirstAgentName];
        string[] strangers =
            [.. handoffs.Keys.Concat(handoffs.Values.SelectMany(targets => targets.Keys)).Where(name => !members.Contains(name))];
        if (strangers.Length > 0)
        {
            throw new ArgumentException(
                $"The following agents are not defined in the orchestration: {string.Join(", ", strangers)}", nameof(handoffs));
        }

        _handoffs = handoffs;
    }

    public OrchestrationInteractiveCallback? InteractiveCallback { get; init; }

    protected override async ValueTask StartAsync(
        IAgentRuntime runtime, TopicId topic, IEnumerable<ChatMessageContent> input, AgentType? entryAgent)
    {
        AgentType first = entryAgent ?? throw new ArgumentException("Entry agent is not defined.", nameof(entryAgent));
        await runtime.PublishMessageAsync(new HandoffMessages.InputTask([.. input]), topic).ConfigureAwait(false);
        await runtime.PublishMessageAsync(new HandoffMessages.Request(), first).ConfigureAwait(false);
    }

    protected override async ValueTask<AgentType?> RegisterOrchestrationAsync(
        IAgentRuntime runtime, OrchestrationContext context, RegistrationContext registrar, ILogger logger)
    {
        AgentType result = await registrar.RegisterResultTypeAsync<HandoffMessages.Result>(response => [response.Message])
            .ConfigureAwait(false);
        Dictionary<string, (AgentType Type, HandoffLookup Handoffs)> actors = [];
        for (int index = Members.Count - 1; index >= 0; index--)
        {
            Agent agent = Members[index];
            HandoffLookup handoffs = [];
            AgentType type = await runtime.RegisterOrchestrationAgentAsync(
                FormatAgentType(context.Topic, $"Agent_{index + 1}"),
                (id, host) => ValueTask.FromResult<IHostableAgent>(
                    new HandoffActor(id, host, context, agent, handoffs, result) { InteractiveCallback = InteractiveCallback }))
                .ConfigureAwait(false);
            actors[agent.Name ?? agent.Id] = (type, handoffs);
            await runtime.SubscribeAsync(type, context.Topic).ConfigureAwait(false);
        }

        // Only now are all types known.
        foreach ((string source, AgentHandoffs targets) in _handoffs)
        {
            foreach ((string target, string description) in targets)
                actors[source].Handoffs[target] = (actors[target].Type, description);
        }

        return actors[_handoffs.FirstAgentName].Type;
    }
}
