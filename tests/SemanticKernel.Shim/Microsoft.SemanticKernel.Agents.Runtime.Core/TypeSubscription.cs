namespace Microsoft.SemanticKernel.Agents.Runtime.Core;

/// <summary>All topics of one type, each source to an actor of its own.</summary>
public class TypeSubscription(string topicType, AgentType agentType, string? id = null) : ISubscriptionDefinition
{
    public string Id { get; } = id ?? Guid.NewGuid().ToString();

    public string TopicType { get; } = topicType;

    public AgentType AgentType { get; } = agentType;

    public bool Matches(TopicId topic) => topic.Type == TopicType;

    public AgentId MapToAgent(TopicId topic) => Matches(topic)
        ? new AgentId(AgentType, topic.Source)
        : throw new InvalidOperationException($"Topic {topic} does not match the subscription to {TopicType}.");

    public bool Equals(ISubscriptionDefinition? other) => Id == other?.Id;

    public override bool Equals(object? obj) =>
        obj is TypeSubscription other && (Id == other.Id || (AgentType == other.AgentType && TopicType == other.TopicType));

    public override int GetHashCode() => HashCode.Combine(AgentType, TopicType);
}
