namespace Microsoft.SemanticKernel.Agents.Runtime;

/// <summary>Where a message is published: a type and a source within it.</summary>
public struct TopicId : IEquatable<TopicId>
{
    public const string DefaultSource = "default";
    public const string Separator = "/";

    public TopicId(string type, string source = DefaultSource)
    {
        Type = type;
        Source = source;
    }

    public TopicId((string Type, string Source) kvPair) : this(kvPair.Type, kvPair.Source)
    {
    }

    public string Type { get; }

    public string Source { get; }

    public static explicit operator TopicId(string id) => FromStr(id);

    public static bool operator ==(TopicId left, TopicId right) => left.Equals(right);

    public static bool operator !=(TopicId left, TopicId right) => !left.Equals(right);

    /// <summary>Reads <c>type/source</c>.</summary>
    public static TopicId FromStr(string maybeTopicId) => new(TypedName.Parse(maybeTopicId, nameof(Type), nameof(Source)));

    public readonly bool IsWildcardMatch(TopicId other) => Type == other.Type;

    public readonly bool Equals(TopicId other) => Type == other.Type && Source == other.Source;

    public override readonly bool Equals(object? obj) => obj is TopicId other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Type, Source);

    public override readonly string ToString() => $"{Type}{Separator}{Source}";
}
