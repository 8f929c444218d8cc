using System.Text.Json;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Conventions;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>A search for traces as Jaeger's user interface and Grafana ask for it: a service, and what one of its spans is like.</summary>
internal sealed record JaegerQuery(ISpanCondition Condition, long FromUnixNano, long ToUnixNano, int Limit)
{
    private const int DefaultLimit = 20, MaxLimit = 1500, NanosAMicro = 1000;
    private const string ErrorTag = "error", KindTag = "span.kind", StatusTag = "otel.status_code";

    /// <exception cref="ApiException">A parameter is wrong.</exception>
    public static JaegerQuery Read(IQueryCollection query)
    {
        var parameters = new QueryParameters(query);
        string service = parameters.Text("service") ?? throw QueryParameters.Wrong("service", "absent", "a service's name, as /api/services lists them");
        var conditions = new List<ISpanCondition> { new TextEquals(OpenTelemetryAttributes.ServiceName, service) };
        if (parameters.Text("operation") is { } operation)
            conditions.Add(new NameEquals(operation));
        if (parameters.Text("tags") is { } tags)
            conditions.AddRange(Tags(tags));
        long atLeast = Duration(parameters, "minDuration") ?? 0, atMost = Duration(parameters, "maxDuration") ?? long.MaxValue;
        if (atLeast > 0 || atMost < long.MaxValue)
            conditions.Add(new DurationWithin(atLeast, atMost));
        return new JaegerQuery(new AllOf(conditions), Time(parameters, "start") ?? 0, Time(parameters, "end") ?? long.MaxValue, parameters.Whole("limit", 1, MaxLimit) ?? DefaultLimit);
    }

    private static long? Time(QueryParameters parameters, string name)
    {
        if (parameters.Text(name) is not { } text)
            return null;
        return long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out long micros) && micros is >= 0 and <= long.MaxValue / NanosAMicro
            ? micros * NanosAMicro
            : throw QueryParameters.Wrong(name, $"'{QueryParameters.Shown(text)}'", "microseconds since 1970");
    }

    private static long? Duration(QueryParameters parameters, string name)
    {
        if (parameters.Text(name) is not { } text)
            return null;
        return GoDuration.Parse(text) ?? throw QueryParameters.Wrong(name, $"'{QueryParameters.Shown(text)}'", "a duration such as 100ms or 1.2s");
    }

    /// <summary>What a JSON object of tags asks of a span.</summary>
    /// <exception cref="ApiException">It is none.</exception>
    public static IEnumerable<ISpanCondition> Tags(string text)
    {
        Dictionary<string, JsonElement>? tags;
        try
        {
            tags = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text);
        }
        catch (JsonException e)
        {
            throw ApiException.BadRequest($"tags is '{QueryParameters.Shown(text)}'; allowed: a JSON object of texts, such as {{\"error\":\"true\"}}", e);
        }

        foreach ((string key, JsonElement element) in tags ?? [])
        {
            string value = element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();
            yield return (key, value) switch
            {
                // What OpenTelemetry has fields for, Jaeger shows as tags.
                (ErrorTag, "true" or "false") => new StatusIsError(value == "true"),
                (StatusTag, "ERROR") => new StatusIsError(true),
                (KindTag, _) => new KindIs(value),
                _ => new TextEquals(key, value),
            };
        }
    }
}
