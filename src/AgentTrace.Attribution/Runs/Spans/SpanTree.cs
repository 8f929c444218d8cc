using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>The spans of one trace by id and by parent. Parents may be missing, twice there, or go in circles.</summary>
internal sealed class SpanTree
{
    private readonly Dictionary<string, AgentSpan> _byId;
    private readonly Dictionary<string, string> _operations;

    // By what is looked for, then by span. Without it, a trace that is one deep chain would cost the square of its length.
    private readonly Dictionary<string, Dictionary<string, AgentSpan?>> _nearest = new(StringComparer.Ordinal);

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

    /// <summary>The nearest ancestor that does one of the operations, or null.</summary>
    public AgentSpan? Nearest(AgentSpan span, params ReadOnlySpan<string> operations)
    {
        Dictionary<string, AgentSpan?> answers = AnswersFor(operations);
        if (answers.TryGetValue(span.SpanId, out AgentSpan? answer))
            return answer;
        List<string> passed = [];
        HashSet<string> seen = new(StringComparer.Ordinal) { span.SpanId };
        AgentSpan? found = null;
        AgentSpan at = span;
        while (at.ParentSpanId is { Length: > 0 } parentId && _byId.TryGetValue(parentId, out AgentSpan? parent))
        {
            if (IsOneOf(Operation(parent), operations))
                found = parent;
            else if (seen.Add(parentId) && !answers.TryGetValue(parentId, out found))
            {
                passed.Add(parentId);
                at = parent;
                continue;
            }

            break;
        }

        foreach (string id in passed)
            answers[id] = found;
        // In a circle a span comes round to itself, and no span is its own ancestor.
        return answers[span.SpanId] = ReferenceEquals(found, span) ? null : found;
    }

    /// <summary>The nearest ancestor that the GenAI conventions know at all, or null.</summary>
    public AgentSpan? NearestKnown(AgentSpan span) => Nearest(span);

    private static bool IsOneOf(string? operation, ReadOnlySpan<string> operations) =>
        operation is not null && (operations.IsEmpty || operations.Contains(operation));

    private Dictionary<string, AgentSpan?> AnswersFor(ReadOnlySpan<string> operations)
    {
        string key = string.Join(' ', operations);
        if (!_nearest.TryGetValue(key, out Dictionary<string, AgentSpan?>? answers))
            _nearest[key] = answers = new(StringComparer.Ordinal);
        return answers;
    }
}
