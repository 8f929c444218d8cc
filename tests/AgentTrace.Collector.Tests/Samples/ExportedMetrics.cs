using AgentTrace.TestKit.Otlp;
using Google.Protobuf.Collections;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>What came in one request of metrics: the labels of each, by the name that Prometheus gives it.</summary>
internal static class ExportedMetrics
{
    /// <summary>Collectors of other tests in this process have meters of the same name: what comes twice is put together.</summary>
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(ReceivedSignal signal) =>
        MetricsRequest.Parser.ParseFrom(signal.Body).ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics).GroupBy(NameOf).ToDictionary(
            metrics => metrics.Key,
            metrics => (IReadOnlySet<string>)metrics.SelectMany(Points).SelectMany(attributes => attributes.Select(attribute => attribute.Key)).ToHashSet());

    private static string NameOf(Metric metric) =>
        PrometheusName.Of(metric.Name, metric.Unit, metric.DataCase == Metric.DataOneofCase.Sum && metric.Sum.IsMonotonic) + (metric.DataCase == Metric.DataOneofCase.Histogram ? "_bucket" : "");

    private static IEnumerable<RepeatedField<KeyValue>> Points(Metric metric) => metric.DataCase switch
    {
        Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(point => point.Attributes),
        Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(point => point.Attributes),
        Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(point => point.Attributes),
        _ => throw new InvalidOperationException($"{metric.Name} is a {metric.DataCase}"),
    };
}
