using System.Collections;
using System.Runtime.CompilerServices;
using AgentTrace.Conventions;

namespace AgentTrace.Spans;

/// <summary>Attributes to give a span as it is created, where samplers see them. What is null or blank is left out.</summary>
/// <remarks>Collected on the stack: what a span is created from is one array of the right size.</remarks>
internal struct SpanTags : IEnumerable
{
    private Slots _slots;
    private int _count;

    /// <exception cref="IndexOutOfRangeException">No kind of span has that many.</exception>
    public void Add(string key, object? value)
    {
        if (value is string text ? !string.IsNullOrWhiteSpace(text) : value is not null)
            _slots[_count++] = new(key, value);
    }

    /// <summary>The attributes of a span of <paramref name="operation"/>, which comes first.</summary>
    public readonly KeyValuePair<string, object?>[] Of(string operation)
    {
        var tags = new KeyValuePair<string, object?>[_count + 1];
        tags[0] = new(GenAiAttributes.OperationName, operation);
        for (int i = 0; i < _count; i++)
            tags[i + 1] = _slots[i];
        return tags;
    }

    /// <summary>For collection initializers, which ask for it.</summary>
    readonly IEnumerator IEnumerable.GetEnumerator() => throw new NotSupportedException();

    [InlineArray(8)]
    private struct Slots
    {
        private KeyValuePair<string, object?> _first;
    }
}
