using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>The span's name passes a test.</summary>
internal sealed record NameTest(Func<string, bool> Test) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block) => true;

    public bool Matches(StoredSpan span) => Test(span.Name);
}
