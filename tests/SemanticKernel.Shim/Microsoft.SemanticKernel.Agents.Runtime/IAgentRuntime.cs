using System.Text.Json;
using Microsoft.Extensions.Hosting;

namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>Hosts actors and carries messages between them.</summary>
public interface IAgentRuntime : IHostedService, ISaveState
{
    ValueTask<object?> SendMessageAsync(
        object message, AgentId recipient, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default);

    ValueTask PublishMessageAsync(
        object message, TopicId topic, AgentId? sender = null, string? messageId = null, CancellationToken cancellationToken = default);

    ValueTask<AgentId> GetAgentAsync(AgentId agentId, bool lazy = true);

    ValueTask<AgentId> GetAgentAsync(AgentType agentType, string key = "default", bool lazy = true);

    ValueTask<AgentId> GetAgentAsync(string agent, string key = "default", bool lazy = true);

    ValueTask<JsonElement> SaveAgentStateAsync(AgentId agentId);

    ValueTask LoadAgentStateAsync(AgentId agentId, JsonElement state);

    ValueTask<AgentMetadata> GetAgentMetadataAsync(AgentId agentId);

    ValueTask AddSubscriptionAsync(ISubscriptionDefinition subscription);

    ValueTask RemoveSubscriptionAsync(string subscriptionId);

    ValueTask<AgentType> RegisterAgentFactoryAsync(AgentType type, Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>> factoryFunc);

    ValueTask<AgentProxy> TryGetAgentProxyAsync(AgentId agentId);
}
