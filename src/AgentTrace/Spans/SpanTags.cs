using System.Collections;
using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>Attributes to give a span as it is created, where samplers see them. What is null or blank is left out.</summary>
/// <remarks>Collected on the stack: what a span is created from is one array of the right size.</remarks>
internal struct SpanTags : IEnumerable
{
    private TagList _tags;

    public void Add(string key, object? value)
    {
        if (value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null)
            _tags.Add(key, value);
    }

    /// <summary>The attributes of a span of <paramref name="operation"/>, which comes first.</summary>
    public readonly KeyValuePair<string, object?>[] Of(string operation)
    {
        var tags = new KeyValuePair<string, object?>[_tags.Count + 1];
        tags[0] = new(GenAiAttributes.OperationName, operation);
        _tags.CopyTo(tags.AsSpan(1));
        return tags;
    }

    /// <summary>For collection initializers, which ask for it.</summary>
    readonly IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)_tags).GetEnumerator();
}
