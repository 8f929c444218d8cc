using AgentTrace.Collector.Query.Spans;
using AgentTrace.Store.Spans;

namespace AgentTrace.Collector.Query.Search;

/// <summary>At least one part holds of the span.</summary>
internal sealed record AnyOf(IReadOnlyList<ISpanCondition> Parts) : ISpanCondition
{
    public bool MayBeIn(in BlockHeader block)
    {
        foreach (ISpanCondition part in Parts)
            if (part.MayBeIn(in block))
                return true;
        return false;
    }

    public bool Matches(StoredSpan span) => Parts.Any(part => part.Matches(span));
}
