using System.Collections.Frozen;

namespace AgentTrace.Collector.Otlp;

/// <summary>The members of one OTLP message as its JSON encoding names them; camelCase and snake_case are both known.</summary>
internal sealed class OtlpJsonMessage
{
    private readonly FrozenDictionary<string, OtlpJsonField> _fields;
    private readonly FrozenDictionary<int, (string Name, OtlpJsonField Field)> _byNumber;

    public OtlpJsonMessage(string name, params (string Name, OtlpJsonField Field)[] fields)
    {
        Name = name;
        _fields = fields
            .SelectMany(f => new[] { (f.Name, f.Field), (Name: SnakeCase(f.Name), f.Field) })
            .DistinctBy(f => f.Name)
            .ToFrozenDictionary(f => f.Name, f => f.Field, StringComparer.Ordinal);
        _byNumber = fields.ToFrozenDictionary(f => f.Field.Number);
    }

    /// <summary>The message's name, for error messages.</summary>
    public string Name { get; }

    /// <summary>The member's field, or null for one we do not know (the specification: ignore it).</summary>
    public OtlpJsonField? Find(string member) => _fields.GetValueOrDefault(member);

    /// <summary>The member of that field number, or null for one we do not know.</summary>
    public (string Name, OtlpJsonField Field)? Find(int number) => _byNumber.TryGetValue(number, out (string Name, OtlpJsonField Field) member) ? member : null;

    private static string SnakeCase(string camel) =>
        string.Concat(camel.Select(c => char.IsAsciiLetterUpper(c) ? "_" + char.ToLowerInvariant(c) : c.ToString()));
}
