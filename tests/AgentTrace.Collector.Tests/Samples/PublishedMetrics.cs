using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AgentTrace.Collector.Tests.Samples;

/// <summary>The names that Prometheus gives to the instruments a collector makes, those too that have measured nothing yet.</summary>
internal sealed class PublishedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, bool> _names = new();

    public PublishedMetrics()
    {
        _listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "AgentTrace.Collector")
                _names[PrometheusName.Of(instrument.Name, instrument.Unit ?? "", IsCounter(instrument)) + (instrument is Histogram<double> ? "_bucket" : "")] = true;
        };
        _listener.Start();
    }

    public ICollection<string> Names => _names.Keys;

    public void Dispose() => _listener.Dispose();

    private static bool IsCounter(Instrument instrument) => instrument is Counter<long> or ObservableCounter<long>;
}
