using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>Every part holds of one span; of no parts, of every span.</summary>
internal sealed record AllOf(IReadOnlyList<ISpanCondition> Parts) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block)
    {
        foreach (ISpanCondition part in Parts)
            if (!part.MayBeIn(in block))
                return false;
        return true;
    }

    public bool Matches(StoredSpan span) => Parts.All(part => part.Matches(span));
}
