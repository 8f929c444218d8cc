using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Tests;

/// <summary>Adds up the metrics of one collector, not those of others in the same process.</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _measured = new();
    private object? _scope;

    public CountedMetrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (_scope is not null && ReferenceEquals(instrument.Meter.Scope, _scope))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>To be given the services of the collector that is counted.</summary>
    public void Watch(IServiceCollection services)
    {
        services.AddMetrics();
        var factory = new ScopedFactory(this);
        services.AddSingleton<IMeterFactory>(factory);
    }

    /// <summary>What was counted under that name, and with that tag where one is named.</summary>
    public double Sum(string name, string? tag = null, object? value = null) =>
        _measured.Where(m => m.Name == name && (tag is null || m.Tags.Any(t => t.Key == tag && Equals(t.Value, value)))).Sum(m => m.Value);

    /// <summary>The tags of everything counted under that name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Tags(string name) =>
        [.. _measured.Where(m => m.Name == name).Select(m => m.Tags.ToDictionary(t => t.Key, t => t.Value))];

    /// <summary>What a gauge says now.</summary>
    public double Gauge(string name)
    {
        _listener.RecordObservableInstruments();
        return _measured.Last(m => m.Name == name).Value;
    }

    public void Dispose() => _listener.Dispose();

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue((instrument.Name, value, tags.ToArray()));

    private sealed class ScopedFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public ScopedFactory(CountedMetrics owner) => owner._scope = this;

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
