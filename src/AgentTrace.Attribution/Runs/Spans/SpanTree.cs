using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>The spans of one trace by id and by parent. Parents may be missing, twice there, or go in circles.</summary>
internal sealed class SpanTree
{
    private readonly Dictionary<string, AgentSpan> _byId;
    private readonly Dictionary<string, string> _operations;

    public SpanTree(IEnumerable<AgentSpan> spans)
    {
        _byId = new(StringComparer.Ordinal);
        foreach (AgentSpan span in spans)
        {
            // A span may come twice (a retried export) or first unfinished: the one that ended last knows most.
            if (!SpanOperations.IsVerdict(span)
                && (!_byId.TryGetValue(span.SpanId, out AgentSpan? known) || span.EndTimeUnixNano > known.EndTimeUnixNano))
                _byId[span.SpanId] = span;
        }

        All = [.. _byId.Values.OrderBy(span => span.StartTimeUnixNano).ThenBy(span => span.SpanId, StringComparer.Ordinal)];
        _operations = new(StringComparer.Ordinal);
        foreach (AgentSpan span in All)
        {
            if (SpanOperations.Of(span) is { } operation)
                _operations[span.SpanId] = operation;
        }

        Root = All.FirstOrDefault(span => string.IsNullOrEmpty(span.ParentSpanId))
            ?? All.FirstOrDefault(span => !_byId.ContainsKey(span.ParentSpanId!))
            ?? (All.Count > 0 ? All[0] : null);
    }

    /// <summary>All spans but earlier verdicts, by start time, then id.</summary>
    public IReadOnlyList<AgentSpan> All { get; }

    /// <summary>The span without a parent, else the earliest whose parent is absent, else the earliest; null for no span.</summary>
    public AgentSpan? Root { get; }

    /// <summary>The spans that stand for the whole run: the root, and each workflow that no other workflow holds.</summary>
    public IEnumerable<AgentSpan> RunSpans =>
        All.Where(span => ReferenceEquals(span, Root)
            || (Operation(span) == GenAiOperations.InvokeWorkflow && Nearest(span, GenAiOperations.InvokeWorkflow) is null))
            .OrderByDescending(span => ReferenceEquals(span, Root));

    /// <summary>What the span does; null for one outside the GenAI conventions.</summary>
    public string? Operation(AgentSpan span) => _operations.GetValueOrDefault(span.SpanId);

    /// <summary>The ancestors from the parent up; ends at an absent parent and before any span comes round again.</summary>
    public IEnumerable<AgentSpan> Ancestors(AgentSpan span)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { span.SpanId };
        while (span.ParentSpanId is { Length: > 0 } parentId && seen.Add(parentId) && _byId.TryGetValue(parentId, out AgentSpan? parent))
        {
            yield return parent;
            span = parent;
        }
    }

    /// <summary>The nearest ancestor that does one of the operations, or null.</summary>
    public AgentSpan? Nearest(AgentSpan span, params ReadOnlySpan<string> operations)
    {
        foreach (AgentSpan ancestor in Ancestors(span))
        {
            if (Operation(ancestor) is { } operation && operations.Contains(operation))
                return ancestor;
        }

        return null;
    }

    /// <summary>The nearest ancestor that the GenAI conventions know at all, or null.</summary>
    public AgentSpan? NearestKnown(AgentSpan span) => Ancestors(span).FirstOrDefault(ancestor => Operation(ancestor) is not null);
}
