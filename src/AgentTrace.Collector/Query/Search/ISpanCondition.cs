using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>What a search asks of a span.</summary>
internal interface ISpanCondition
{
    /// <summary>False when no span of the block can meet it, so that the block need not be read.</summary>
    bool MayBeIn(in BlockHeader block);

    bool Matches(StoredSpan span);
}
