using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span has this name.</summary>
internal sealed class NameEquals(string name) : ISpanCondition
{
    private readonly ulong _token = SearchTokens.SpanName(name);

    public bool MayBeIn(in BlockHeader block) => BlockFilter.MayContain(block.Filter.Span, _token);

    public bool Matches(StoredSpan span) => span.Name == name;
}
