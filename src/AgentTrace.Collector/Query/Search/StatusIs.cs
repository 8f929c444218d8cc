using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span has this status: 0 unset, 1 ok, 2 error.</summary>
internal sealed record StatusIs(int Status) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => Status != StoredSpan.Error || block.Errors > 0;

    public bool Matches(StoredSpan span) => span.Status == Status;
}
