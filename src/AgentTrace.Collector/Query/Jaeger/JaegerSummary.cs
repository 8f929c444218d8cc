using System.Globalization;
using System.Text.Json.Nodes;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Spans;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>What Jaeger's list of traces shows of one.</summary>
internal static class JaegerSummary
{
    public static JsonObject Of(TraceId id, IReadOnlyList<StoredSpan> spans)
    {
        StoredSpan? root = spans.FirstOrDefault(span => span.ParentSpanId is null);
        HashSet<string> known = [.. spans.Select(span => span.SpanId)];
        return new JsonObject
        {
            ["traceId"] = id.ToString(),
            ["rootServiceName"] = root?.Resource.Service ?? "",
            ["rootOperationName"] = root?.Name ?? "",
            ["minStartTimeUnixNano"] = Text(spans.Min(span => span.StartTimeUnixNano)),
            ["maxEndTimeUnixNano"] = Text(spans.Max(span => span.EndTimeUnixNano)),
            ["spanCount"] = spans.Count,
            ["errorSpanCount"] = Errors(spans),
            ["orphanSpanCount"] = spans.Count(span => span.ParentSpanId is { } parent && !known.Contains(parent)),
            ["services"] = new JsonArray([.. spans.GroupBy(span => span.Resource.Service, StringComparer.Ordinal).OrderBy(service => service.Key, StringComparer.Ordinal)
                .Select(service => (JsonNode)new JsonObject { ["name"] = service.Key, ["spanCount"] = service.Count(), ["errorSpanCount"] = Errors(service) })]),
        };
    }

    private static int Errors(IEnumerable<StoredSpan> spans) => spans.Count(span => span.Status == StoredSpan.Error);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
