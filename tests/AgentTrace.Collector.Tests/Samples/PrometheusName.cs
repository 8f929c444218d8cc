namespace AgentTrace.Collector.Tests.Samples;

/// <summary>What Prometheus calls a metric that comes as OTLP: dots become underscores, the unit stands at the end once, counters end in <c>_total</c>.</summary>
internal static class PrometheusName
{
    public static string Of(string name, string unit, bool isCounter)
    {
        string suffix = unit switch { "By" => "_bytes", "s" => "_seconds", _ when unit.StartsWith('{') => "", _ => throw new ArgumentException($"the unit '{unit}' is not known here", nameof(unit)) };
        string words = name.Replace('.', '_');
        return (words.EndsWith(suffix, StringComparison.Ordinal) ? words : words + suffix) + (isCounter ? "_total" : "");
    }
}
