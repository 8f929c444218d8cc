using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span takes at least and at most so long, nanoseconds.</summary>
internal sealed record DurationWithin(long AtLeast, long AtMost) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => block.MaxDurationNano >= AtLeast;

    public bool Matches(StoredSpan span) => span.DurationNano >= (ulong)AtLeast && span.DurationNano <= (ulong)AtMost;
}
