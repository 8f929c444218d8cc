using AgentTrace.Collector.Query.Search;
using AgentTrace.Conventions;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>A search by Jaeger's third API, as its newer user interface sends it: parameters that begin with <c>query.</c>, in camelCase or snake_case.</summary>
internal static class JaegerV3Query
{
    private const int DefaultLimit = 20, MaxLimit = 1500;
    private const long NanosATick = 100;

    /// <exception cref="ApiException">A parameter is wrong.</exception>
    public static JaegerQuery Read(IQueryCollection query)
    {
        var parameters = new QueryParameters(query);
        var conditions = new List<ISpanCondition>();
        if (Text(parameters, "serviceName", "service_name") is { Value: var service })
            conditions.Add(new TextEquals(OpenTelemetryAttributes.ServiceName, service));
        if (Text(parameters, "operationName", "operation_name") is { Value: var operation })
            conditions.Add(new NameEquals(operation));
        if (Text(parameters, "attributes", "attributes") is { Value: var attributes })
            conditions.AddRange(JaegerQuery.Tags(attributes));
        long atLeast = Duration(parameters, "durationMin", "duration_min") ?? 0, atMost = Duration(parameters, "durationMax", "duration_max") ?? long.MaxValue;
        if (atLeast > 0 || atMost < long.MaxValue)
            conditions.Add(new DurationWithin(atLeast, atMost));
        int limit = (Text(parameters, "searchDepth", "search_depth") ?? Text(parameters, "numTraces", "num_traces")) is { } depth ? parameters.Whole(depth.Name, 1, MaxLimit)!.Value : DefaultLimit;
        return new JaegerQuery(new AllOf(conditions), Time(parameters, "startTimeMin", "start_time_min") ?? 0, Time(parameters, "startTimeMax", "start_time_max") ?? long.MaxValue, limit);
    }

    private static (string Name, string Value)? Text(QueryParameters parameters, string camel, string snake)
    {
        foreach (string name in (string[])[$"query.{camel}", $"query.{snake}"])
            if (parameters.Text(name) is { } value)
                return (name, value);
        return null;
    }

    private static long? Duration(QueryParameters parameters, string camel, string snake)
    {
        if (Text(parameters, camel, snake) is not { } text)
            return null;
        return GoDuration.Parse(text.Value) ?? throw QueryParameters.Wrong(text.Name, $"'{QueryParameters.Shown(text.Value)}'", "a duration such as 100ms or 1.2s");
    }

    private static long? Time(QueryParameters parameters, string camel, string snake) =>
        Text(parameters, camel, snake) is { } text ? Math.Max(0, (parameters.Time(text.Name)!.Value - DateTimeOffset.UnixEpoch).Ticks) * NanosATick : null;
}
