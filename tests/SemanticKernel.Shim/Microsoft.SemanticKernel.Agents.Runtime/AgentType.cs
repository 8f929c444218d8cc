using System.Text.RegularExpressions;

namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>The name a kind of actor is registered under: letters, digits and underscores.</summary>
public readonly partial struct AgentType : IEquatable<AgentType>
{
    public AgentType(string type)
    {
        Validate(type);
        Name = type;
    }

    public string Name { get; }

    public static explicit operator AgentType(Type type) => new(type.Name);

    public static implicit operator AgentType(string type) => new(type);

    public static implicit operator string(AgentType type) => type.Name;

    public static bool operator ==(AgentType left, AgentType right) => left.Equals(right);

    public static bool operator !=(AgentType left, AgentType right) => !left.Equals(right);

    public bool Equals(AgentType other) => Name == other.Name;

    public override bool Equals(object? obj) => obj is AgentType other && Equals(other);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;

    internal static void Validate(string type)
    {
        if (type is null || !Allowed().IsMatch(type))
            throw new ArgumentException(
                $"Invalid AgentId type: '{type}'. Use letters, digits and underscores, and no digit first.", nameof(type));
    }

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*$")]
    private static partial Regex Allowed();
}
