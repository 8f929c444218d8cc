using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span failed, or did not.</summary>
internal sealed record StatusIsError(bool Wanted) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => !Wanted || block.Errors > 0;

    public bool Matches(StoredSpan span) => span.Status == StoredSpan.Error == Wanted;
}
