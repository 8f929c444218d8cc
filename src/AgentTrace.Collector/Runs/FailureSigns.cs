namespace AgentTrace.Collector.Runs;

/// <summary>Tells, without decoding it, whether a run may have failed. A run without any sign is a success or says nothing of how it went.</summary>
internal static class FailureSigns
{
    /// <summary>True when a span is an ERROR, or some agent span holds a word that an outcome or an evaluation is told with.</summary>
    public static bool Any(IReadOnlyList<GatheredSpan> spans)
    {
        for (int i = 0; i < spans.Count; i++)
            if (spans[i] is var span && In(in span))
                return true;
        return false;
    }

    /// <summary>The same of one span.</summary>
    public static bool In(in GatheredSpan span) =>
        span.Status == AgentTrace.Attribution.Runs.Spans.SpanStatus.Error
        || span.Message.Span.IndexOf("failure"u8) >= 0 || span.Message.Span.IndexOf("gen_ai.evaluation"u8) >= 0;
}
