using AgentTrace.Attribution.Runs.Spans;

namespace AgentTrace.Collector.Runs.Dialects;

/// <summary>Reads spans of producers with conventions of their own as if they had been written by the GenAI conventions. Only the copy that is judged changes, never what is passed on.</summary>
internal static class SpanDialects
{
    /// <summary>The span with <c>gen_ai.*</c> attributes added where only another convention's are there; the same span where nothing is to be added.</summary>
    public static AgentSpan Normalize(AgentSpan span)
    {
        if (span.Attributes.Count == 0)
            return span;
        var added = new AddedAttributes(span);
        if (span.Text(OpenInference.SpanKind) is { } kind)
            OpenInference.Add(kind, span, added);
        else if (OpenLLMetry.Speaks(span))
            OpenLLMetry.Add(span, added);
        return added.ToSpan();
    }
}
