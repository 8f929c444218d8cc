namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>One actor: its type and its key.</summary>
public struct AgentId : IEquatable<AgentId>
{
    public const string DefaultKey = "default";

    public AgentId(string type, string key)
    {
        AgentType.Validate(type);
        if (string.IsNullOrWhiteSpace(key) || key.Any(character => character is < ' ' or > '~'))
            throw new ArgumentException($"Invalid AgentId key: '{key}'. Must only contain ASCII characters 32-126.", nameof(key));
        Type = type;
        Key = key;
    }

    public AgentId((string Type, string Key) kvPair) : this(kvPair.Type, kvPair.Key)
    {
    }

    public AgentId(AgentType type, string key) : this(type.Name, key)
    {
    }

    public string Type { get; }

    public string Key { get; }

    public static explicit operator AgentId(string id) => FromStr(id);

    public static bool operator ==(AgentId left, AgentId right) => left.Equals(right);

    public static bool operator !=(AgentId left, AgentId right) => !left.Equals(right);

    /// <summary>Reads <c>type/key</c>.</summary>
    public static AgentId FromStr(string maybeAgentId) => new(TypedName.Parse(maybeAgentId, nameof(Type), nameof(Key)));

    public readonly bool Equals(AgentId other) => Type == other.Type && Key == other.Key;

    public override readonly bool Equals(object? obj) => obj is AgentId other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Type, Key);

    public override readonly string ToString() => $"{Type}/{Key}";
}
