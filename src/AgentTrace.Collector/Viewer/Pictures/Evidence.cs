using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Viewer.Pictures;

/// <summary>What a verdict rests on, as places in the run.</summary>
internal static class Evidence
{
    private const int Most = 8;

    /// <summary>The first few steps and tool calls behind the span ids that the verdict names.</summary>
    public static IReadOnlyList<(int Step, string What)> Of(RunRecord record)
    {
        HashSet<string> ids = [.. record.Attribution?.EvidenceSpanIds ?? []];
        return [.. record.Run.Steps.SelectMany(step => Of(step, ids)).Take(Most)];
    }

    private static IEnumerable<(int Step, string What)> Of(Step step, HashSet<string> ids)
    {
        if (step.SpanId is { } turn && ids.Contains(turn))
            yield return (step.Index, $"step {step.Index}, {step.Agent}");
        foreach (ToolCall call in step.ToolCalls)
            if (call.SpanId is { } id && ids.Contains(id))
                yield return (step.Index, $"step {step.Index}, {call.Name}");
    }
}
