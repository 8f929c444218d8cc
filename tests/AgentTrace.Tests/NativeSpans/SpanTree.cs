using System.Diagnostics;
using AgentTrace.Conventions;

namespace AgentTrace.Tests.NativeSpans;

/// <summary>Exported spans as an indented tree in the order of their starts; a failed one shows its error type.</summary>
internal static class SpanTree
{
    public static string[] Of(IReadOnlyList<Activity> spans)
    {
        HashSet<ActivitySpanId> exported = [.. spans.Select(span => span.SpanId)];
        List<string> lines = [];
        foreach (Activity root in spans.Where(span => !exported.Contains(span.ParentSpanId)).OrderBy(span => span.StartTimeUtc))
            Add(root, 0);
        return [.. lines];

        void Add(Activity span, int depth)
        {
            string orphan = depth == 0 && span.ParentSpanId != default ? "orphan: " : "";
            string index = span.GetTagItem(AgentTraceAttributes.TurnIndex) is { } turn ? $" #{turn}" : "";
            string error = span.Status == ActivityStatusCode.Error ? $" !{span.GetTagItem(OpenTelemetryAttributes.ErrorType)}" : "";
            lines.Add($"{new string(' ', 2 * depth)}{orphan}{span.DisplayName}{index}{error}");
            foreach (Activity child in spans.Where(child => child.ParentSpanId == span.SpanId).OrderBy(child => child.StartTimeUtc))
                Add(child, depth + 1);
        }
    }
}
