using System.Globalization;
using System.Text.Json.Nodes;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Query.Spans;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>Answers a <see cref="TempoQuery"/>: the traces, those stored last first, with the spans in them that match.</summary>
internal sealed class TempoSearch(SpanSearch search, TraceLibrary traces)
{
    private const double NanosAMillisecond = 1e6;

    /// <summary>What Tempo says of a trace whose root has not come.</summary>
    private const string NoRoot = "<root span not yet received>";

    public async Task<JsonObject> FindAsync(TempoQuery query, CancellationToken cancellationToken)
    {
        var found = new OrderedDictionary<TraceId, List<StoredSpan>>();
        await foreach (StoredSpan span in search.FindSpansAsync(query.Condition, query.FromUnixNano, query.ToUnixNano, cancellationToken).ConfigureAwait(false))
        {
            if (!found.TryGetValue(span.TraceId, out List<StoredSpan>? spans))
            {
                // One more than asked for tells that there are enough; those before it have most of their spans by then.
                if (found.Count == query.Limit)
                    break;
                found[span.TraceId] = spans = [];
            }

            if (!spans.Exists(other => other.SpanId == span.SpanId))
                spans.Add(span);
        }

        var answer = new JsonArray();
        foreach ((TraceId id, List<StoredSpan> spans) in found)
            if (await traces.FindSpansAsync(id.Number, cancellationToken).ConfigureAwait(false) is { Count: > 0 } whole)
                answer.Add((JsonNode)Trace(id, whole, spans, query));
        return new JsonObject { ["traces"] = answer, ["metrics"] = new JsonObject() };
    }

    private static JsonObject Trace(TraceId id, IReadOnlyList<StoredSpan> whole, List<StoredSpan> matched, TempoQuery query)
    {
        StoredSpan? root = whole.FirstOrDefault(span => span.ParentSpanId is null);
        ulong start = whole[0].StartTimeUnixNano, end = whole.Max(span => span.EndTimeUnixNano);
        var set = new JsonObject
        {
            ["spans"] = new JsonArray([.. matched.OrderBy(span => span.StartTimeUnixNano).Take(query.SpansPerTrace).Select(span => (JsonNode)Span(span, query.Keys))]),
            ["matched"] = matched.Count,
        };
        return new JsonObject
        {
            ["traceID"] = id.ToString(),
            ["rootServiceName"] = root?.Resource.Service ?? NoRoot,
            ["rootTraceName"] = root?.Name ?? "",
            ["startTimeUnixNano"] = Text(start),
            ["durationMs"] = (long)((end > start ? end - start : 0) / NanosAMillisecond),
            ["spanSet"] = set,
            ["spanSets"] = new JsonArray(set.DeepClone()),
        };
    }

    private static JsonObject Span(StoredSpan span, IReadOnlyCollection<string> keys)
    {
        var attributes = new JsonArray();
        foreach (string key in keys)
            if (AttributeTest.TryFind(span, AttributeScope.Any, key, out object? value) && Value(value) is { } json)
                attributes.Add((JsonNode)new JsonObject { ["key"] = key, ["value"] = json });
        return new JsonObject
        {
            ["spanID"] = span.SpanId,
            ["name"] = span.Name,
            ["startTimeUnixNano"] = Text(span.StartTimeUnixNano),
            ["durationNanos"] = Text(span.DurationNano),
            ["attributes"] = attributes,
        };
    }

    private static JsonObject? Value(object? value) => value switch
    {
        string text => new JsonObject { ["stringValue"] = text },
        bool flag => new JsonObject { ["boolValue"] = flag },
        long number => new JsonObject { ["intValue"] = number.ToString(CultureInfo.InvariantCulture) },
        double number when double.IsFinite(number) => new JsonObject { ["doubleValue"] = number },
        _ => null,
    };

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
