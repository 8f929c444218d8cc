using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.Agents.Runtime;
using Microsoft.SemanticKernel.Agents.Runtime.Core;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Extensions;

/// <summary>What orchestrations need of a runtime: an actor hears the topic of its own name.</summary>
[Experimental("SKEXP0110")]
public static class RuntimeExtensions
{
    public static ValueTask PublishMessageAsync(
        this IAgentRuntime runtime, object message, AgentType agentType, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return runtime.PublishMessageAsync(message, new TopicId(agentType), sender: null, messageId: null, cancellationToken);
    }

    public static async ValueTask<AgentType> RegisterOrchestrationAgentAsync(
        this IAgentRuntime runtime, AgentType agentType, Func<AgentId, IAgentRuntime, ValueTask<IHostableAgent>> factoryFunc)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        AgentType registered = await runtime.RegisterAgentFactoryAsync(agentType, factoryFunc).ConfigureAwait(false);
        await runtime.SubscribeAsync(registered).ConfigureAwait(false);
        return registered;
    }

    public static Task SubscribeAsync(this IAgentRuntime runtime, string agentType)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return runtime.AddSubscriptionAsync(new TypeSubscription(agentType, agentType)).AsTask();
    }

    public static async Task SubscribeAsync(this IAgentRuntime runtime, string agentType, params TopicId[] topics)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(topics);
        foreach (TopicId topic in topics)
            await runtime.AddSubscriptionAsync(new TypeSubscription(topic.Type, agentType)).ConfigureAwait(false);
    }
}
