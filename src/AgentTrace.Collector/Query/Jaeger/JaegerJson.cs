using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Conventions;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>Traces in the JSON of Jaeger's user interface: what OpenTelemetry has and it has not becomes tags, and links lose their attributes, as there.</summary>
internal static class JaegerJson
{
    /// <summary>A larger number is no exact one in a browser.</summary>
    private const long LargestExact = (1L << 53) - 1;

    private const ulong NanosAMicro = 1000;

    public static JsonObject Trace(string traceId, IReadOnlyList<StoredSpan> spans)
    {
        var processes = new JsonObject();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var list = new JsonArray();
        foreach (StoredSpan span in spans)
        {
            JsonObject process = Process(span.Resource);
            string text = process.ToJsonString();
            if (!known.TryGetValue(text, out string? id))
            {
                known[text] = id = $"p{known.Count + 1}";
                processes[id] = process;
            }

            list.Add((JsonNode)Span(span, id));
        }

        return new JsonObject { ["traceID"] = traceId, ["spans"] = list, ["processes"] = processes, ["warnings"] = null };
    }

    /// <summary>The envelope of every answer.</summary>
    public static JsonObject Answer(JsonArray data) =>
        new() { ["data"] = data, ["total"] = data.Count, ["limit"] = 0, ["offset"] = 0, ["errors"] = null };

    private static JsonObject Process(StoredResource resource) => new()
    {
        ["serviceName"] = resource.Service,
        ["tags"] = Tags(resource.Attributes.Where(attribute => attribute.Key != OpenTelemetryAttributes.ServiceName)),
    };

    private static JsonObject Span(StoredSpan span, string processId)
    {
        var references = new JsonArray();
        string trace = span.TraceId.ToString();
        if (span.ParentSpanId is { } parent)
            references.Add((JsonNode)Reference("CHILD_OF", trace, parent));
        foreach (StoredLink link in span.Links)
            references.Add((JsonNode)Reference("FOLLOWS_FROM", link.TraceId, link.SpanId));
        var logs = new JsonArray();
        foreach (StoredEvent happened in span.Events)
            logs.Add((JsonNode)new JsonObject
            {
                ["timestamp"] = happened.TimeUnixNano / NanosAMicro,
                ["fields"] = Tags(happened.Attributes.Prepend(new("event", happened.Name))),
            });
        return new JsonObject
        {
            ["traceID"] = trace,
            ["spanID"] = span.SpanId,
            ["operationName"] = span.Name,
            ["references"] = references,
            ["startTime"] = span.StartTimeUnixNano / NanosAMicro,
            ["duration"] = span.DurationNano / NanosAMicro,
            ["tags"] = Tags(span.Attributes.Concat(Added(span))),
            ["logs"] = logs,
            ["processID"] = processId,
            ["warnings"] = null,
        };
    }

    private static IEnumerable<KeyValuePair<string, object?>> Added(StoredSpan span)
    {
        if (span.Resource.ScopeName.Length > 0)
            yield return new("otel.scope.name", span.Resource.ScopeName);
        if (span.Resource.ScopeVersion.Length > 0)
            yield return new("otel.scope.version", span.Resource.ScopeVersion);
        if (span.Kind > 0)
            yield return new("span.kind", span.KindName);
        if (span.Status > 0)
            yield return new("otel.status_code", span.Status == StoredSpan.Error ? "ERROR" : "OK");
        if (span.StatusMessage.Length > 0)
            yield return new("otel.status_description", span.StatusMessage);
        if (span.Status == StoredSpan.Error)
            yield return new("error", true);
        if (span.TraceState.Length > 0)
            yield return new("w3c.tracestate", span.TraceState);
    }

    private static JsonObject Reference(string type, string traceId, string spanId) => new() { ["refType"] = type, ["traceID"] = traceId, ["spanID"] = spanId };

    private static JsonArray Tags(IEnumerable<KeyValuePair<string, object?>> attributes) =>
        [.. attributes.Select(attribute => (JsonNode)Tag(attribute.Key, attribute.Value))];

    private static JsonObject Tag(string key, object? value)
    {
        (string type, JsonNode? node) = value switch
        {
            string text => ("string", (JsonNode)text),
            bool flag => ("bool", flag),
            long number when number is > LargestExact or < -LargestExact => ("int64", number.ToString(CultureInfo.InvariantCulture)),
            long number => ("int64", number),
            double number when double.IsFinite(number) => ("float64", number),
            double number => ("float64", number.ToString(CultureInfo.InvariantCulture)),
            byte[] bytes => ("binary", Convert.ToBase64String(bytes)),
            _ => ("string", JsonSerializer.Serialize(value)),
        };
        return new JsonObject { ["key"] = key, ["type"] = type, ["value"] = node };
    }
}
