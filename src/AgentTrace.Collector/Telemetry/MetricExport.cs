using System.Net;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace AgentTrace.Collector.Telemetry;

/// <summary>Has the OpenTelemetry SDK add the collector's metrics up and write them as OTLP, and sends what it writes the way of all metrics.</summary>
internal sealed class MetricExport(CollectorOptions options, OwnSignals own, Forwarder forwarder, CollectorMeter meter) : IHostedService, IDisposable
{
    /// <summary>Room is taken for all of them at once. Only verdicts are told apart by names that others choose.</summary>
    private const int FewStreams = 128;

    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        meter.ObserveForwarding([.. OtlpSignal.All.SelectMany(forwarder.QueuesOf)]);
        if (options.Forward.Count == 0)
            return Task.CompletedTask;
        var exporter = new OtlpMetricExporter(new OtlpExporterOptions
        {
            Protocol = OtlpExportProtocol.HttpProtobuf,
            Endpoint = new Uri("http://collector.invalid" + OtlpSignal.Metrics.HttpPath),
            Headers = "",
            HttpClientFactory = () => new HttpClient(new Door(own)),
        });
        _provider = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService(VerdictSpans.ServiceName))
            .AddMeter(CollectorMeter.Name)
            // Meters are found by name: another collector in this process has one of the same.
            .AddView(instrument => !meter.Owns(instrument) ? MetricStreamConfiguration.Drop
                : instrument.Name == CollectorMeter.Attributions ? null : new MetricStreamConfiguration { CardinalityLimit = FewStreams })
            .AddReader(new PeriodicExportingMetricReader(exporter, (int)options.MetricInterval.TotalMilliseconds))
            .Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends the last figures; the forwarder stops after this.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        const int Milliseconds = 2_000;
        _provider?.Shutdown(Milliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();

    /// <summary>Takes the exporter's requests where another client would send them.</summary>
    private sealed class Door(OwnSignals own) : HttpMessageHandler
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, null, cancellationToken);
            return Take(body.ToArray());
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Take(await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));

        private HttpResponseMessage Take(byte[] request)
        {
            try
            {
                own.Send(OtlpSignal.Metrics, request);
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([]) };
            }
            catch (BackPressureException)
            {
                // Figures are sums: the next ones hold these.
                return new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new ByteArrayContent([]) };
            }
        }
    }
}
