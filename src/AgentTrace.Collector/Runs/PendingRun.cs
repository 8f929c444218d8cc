using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Runs;

/// <summary>The spans of one trace that came so far.</summary>
internal sealed class PendingRun(string traceId, DateTimeOffset firstSeen, int maxSpans)
{
    private readonly Dictionary<string, AgentSpan> _spans = new(StringComparer.Ordinal);
    private bool _hasAgentSpan;
    private bool _hasRoot;

    public string TraceId { get; } = traceId;

    public DateTimeOffset LastSeen { get; private set; } = firstSeen;

    /// <summary>True once a span that ends a run is here: the trace's root, or a workflow, which is the outermost where the root is another service's.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How long nothing may have come before the run is complete. After a workflow that has a parent, that parent may still be at work.</summary>
    public TimeSpan Patience(CollectorOptions options) => _hasRoot ? options.QuietTime : HasEnded ? options.ParentWait : options.MaxWait;

    public bool IsAgentRun => _hasAgentSpan;

    public IReadOnlyCollection<AgentSpan> Spans => _spans.Values;

    /// <summary>Adds a span; one that comes twice counts once, one beyond the bound is left out unless it ends the run: such a span comes last and says how the run went.</summary>
    public void Add(AgentSpan span, DateTimeOffset now)
    {
        LastSeen = now;
        bool isRoot = span.ParentSpanId is null;
        bool ends = isRoot || span.Text(GenAiAttributes.OperationName) == GenAiOperations.InvokeWorkflow;
        bool isNeeded = isRoot ? !_hasRoot : ends && !HasEnded;
        if ((_spans.Count >= maxSpans && !isNeeded) || !_spans.TryAdd(span.SpanId, span))
            return;
        _hasAgentSpan |= span.Attributes.Count > 0 || span.Events.Count > 0;
        _hasRoot |= isRoot;
        HasEnded |= ends;
    }
}
