using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span has the attribute, and its value passes a test.</summary>
/// <param name="Scope">Where it stands.</param>
/// <param name="Key">Its name.</param>
/// <param name="Test">The test.</param>
/// <param name="Token">What a block's filter must hold for a value that passes; null for the attribute with any value.</param>
internal sealed record AttributeTest(AttributeScope Scope, string Key, Func<object?, bool> Test, ulong? Token = null) : ISpanCondition
{
    private readonly ulong _token = Token ?? SearchTokens.Key(Key);

    public bool MayBeIn(in BlockHeader block) => BlockFilter.MayContain(block.Filter.Span, _token);

    public bool Matches(StoredSpan span) => TryFind(span, Scope, Key, out object? value) && Test(value);

    /// <summary>The attribute's value, where there is one.</summary>
    public static bool TryFind(StoredSpan span, AttributeScope scope, string key, out object? value)
    {
        value = null;
        return (scope != AttributeScope.Resource && span.Attributes.TryGetValue(key, out value)) || (scope != AttributeScope.Span && span.Resource.Attributes.TryGetValue(key, out value));
    }
}
