using AgentTrace.TestKit.Otlp;
using Google.Protobuf.Collections;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>What came in one request of metrics: the labels of each, by the name that Prometheus gives it.</summary>
internal static class ExportedMetrics
{
    public static IReadOnlyDictionary<string, IReadOnlySet<string>> Of(ReceivedSignal signal) =>
        MetricsRequest.Parser.ParseFrom(signal.Body).ResourceMetrics.SelectMany(resource => resource.ScopeMetrics).SelectMany(scope => scope.Metrics).ToDictionary(
            NameOf,
            metric => (IReadOnlySet<string>)Points(metric).SelectMany(attributes => attributes.Select(attribute => attribute.Key)).ToHashSet());

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
