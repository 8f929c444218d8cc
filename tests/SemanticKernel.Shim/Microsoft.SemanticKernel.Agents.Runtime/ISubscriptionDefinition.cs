using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>Which topics an actor hears.</summary>
public interface ISubscriptionDefinition
{
    string Id { get; }

    bool Equals([NotNullWhen(true)] object? obj);

    bool Equals(ISubscriptionDefinition? other);

    int GetHashCode();

    bool Matches(TopicId topic);

    AgentId MapToAgent(TopicId topic);
}
