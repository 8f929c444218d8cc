using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>An attribute of the span or its resource has this value, written as text.</summary>
internal sealed class TextEquals(string key, string text) : ISpanCondition
{
    private readonly ulong? _token = SearchTokens.Value(key, text);

    public bool MayBeIn(in BlockHeader block) => BlockFilter.MayContain(block.Filter.Span, _token ?? SearchTokens.Key(key));

    public bool Matches(StoredSpan span) => Is(span.Attributes) || Is(span.Resource.Attributes);

    private bool Is(IReadOnlyDictionary<string, object?> attributes) => attributes.TryGetValue(key, out object? value) && SearchTokens.Text(value) == text;
}
