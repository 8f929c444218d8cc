using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The part does not hold of the span.</summary>
internal sealed record Not(ISpanCondition Part) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => true;

    public bool Matches(StoredSpan span) => !Part.Matches(span);
}
