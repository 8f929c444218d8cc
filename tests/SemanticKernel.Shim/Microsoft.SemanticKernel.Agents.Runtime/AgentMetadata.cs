namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>What an actor says of itself.</summary>
public readonly struct AgentMetadata(string type, string key, string description) : IEquatable<AgentMetadata>
{
    public string Type { get; } = type;

    public string Key { get; } = key;

    public string Description { get; } = description;

    public static bool operator ==(AgentMetadata left, AgentMetadata right) => left.Equals(right);

    public static bool operator !=(AgentMetadata left, AgentMetadata right) => !left.Equals(right);

    public bool Equals(AgentMetadata other) => Type == other.Type && Key == other.Key;

    public override bool Equals(object? obj) => obj is AgentMetadata other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, Key);
}
