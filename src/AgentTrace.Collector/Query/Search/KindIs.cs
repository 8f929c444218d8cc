using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span is of this kind: internal, server, client, producer, consumer.</summary>
internal sealed record KindIs(string Kind) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => true;

    public bool Matches(StoredSpan span) => span.KindName == Kind;
}
