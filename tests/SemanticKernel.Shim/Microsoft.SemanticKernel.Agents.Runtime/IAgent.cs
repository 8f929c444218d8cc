namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>An actor: it takes messages.</summary>
public interface IAgent : ISaveState
{
    AgentId Id { get; }

    AgentMetadata Metadata { get; }

    ValueTask<object?> OnMessageAsync(object message, MessageContext messageContext);
}
