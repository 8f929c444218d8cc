using System.Globalization;
using AgentTrace.Collector.Query.Jaeger;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Query.Tempo.TraceQl;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>A search as Grafana's Tempo data source asks for it: TraceQL in <c>q</c>, or logfmt in <c>tags</c>.</summary>
/// <param name="Condition">What one span must be like.</param>
/// <param name="Keys">Attributes that are named, which the answer shows.</param>
/// <param name="FromUnixNano">Only spans that start then or later.</param>
/// <param name="ToUnixNano">Only spans that start then or earlier.</param>
/// <param name="Limit">Traces at most.</param>
/// <param name="SpansPerTrace">Spans that are shown of a trace, at most.</param>
internal sealed record TempoQuery(ISpanCondition Condition, IReadOnlyCollection<string> Keys, long FromUnixNano, long ToUnixNano, int Limit, int SpansPerTrace)
{
    private const int DefaultLimit = 20, MaxLimit = 1000, DefaultSpans = 3, MaxSpans = 100;
    private const long NanosASecond = 1_000_000_000;

    /// <exception cref="ApiException">A parameter is wrong.</exception>
    public static TempoQuery Read(IQueryCollection query)
    {
        var parameters = new QueryParameters(query);
        if (parameters.Text("q") is not null && parameters.Text("tags") is not null)
            throw ApiException.BadRequest("q and tags are given; allowed: one of them");
        (ISpanCondition condition, IReadOnlyCollection<string> keys) = parameters.Text("q") is { } traceQl ? TraceQlParser.Read(traceQl) : TempoTags.Read(parameters.Text("tags") ?? "");
        long atLeast = Duration(parameters, "minDuration") ?? 0, atMost = Duration(parameters, "maxDuration") ?? long.MaxValue;
        if (atLeast > 0 || atMost < long.MaxValue)
            condition = new AllOf([condition, new DurationWithin(atLeast, atMost)]);
        return new TempoQuery(condition, keys, Seconds(parameters, "start") ?? 0, Seconds(parameters, "end") ?? long.MaxValue,
            parameters.Whole("limit", 1, MaxLimit) ?? DefaultLimit, parameters.Whole("spss", 1, MaxSpans) ?? DefaultSpans);
    }

    /// <summary>A time as Tempo's parameters have it, in nanoseconds.</summary>
    public static long? Seconds(QueryParameters parameters, string name)
    {
        if (parameters.Text(name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= long.MaxValue / NanosASecond
            ? seconds * NanosASecond
            : throw QueryParameters.Wrong(name, $"'{QueryParameters.Shown(text)}'", "seconds since 1970");
    }

    private static long? Duration(QueryParameters parameters, string name)
    {
        if (parameters.Text(name) is not { } text)
            return null;
        return GoDuration.Parse(text) ?? throw QueryParameters.Wrong(name, $"'{QueryParameters.Shown(text)}'", "a duration such as 100ms or 1.2s");
    }
}
