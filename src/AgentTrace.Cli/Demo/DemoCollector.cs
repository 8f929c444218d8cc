using System.Collections.Concurrent;
using AgentTrace.Cli.Output;
using AgentTrace.Collector;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AgentTrace.Cli.Demo;

/// <summary>A collector on free loopback ports and an SDK that exports to it by OTLP/gRPC: what an app and its collector are in production.</summary>
internal sealed class DemoCollector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunRecord>> _decided = new();
    private readonly TracerProvider _tracing;

    private DemoCollector(CollectorHost host)
    {
        Host = host;
        host.Decisions.Decided += record => Decision(record.Run.Id).TrySetResult(record);
        _tracing = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("travel-desk", serviceVersion: "1.0.0"))
            .SetSampler(new AlwaysOnSampler())   // OTEL_TRACES_SAMPLER is meant for the user's own apps
            .AddAgentTraceInstrumentation(options => options.CaptureContent = true)
            .AddOtlpExporter(otlp =>
            {
                otlp.Endpoint = host.GrpcAddress;
                otlp.Protocol = OtlpExportProtocol.Grpc;
            })
            .Build();
    }

    public CollectorHost Host { get; }

    public static async Task<DemoCollector> StartAsync(IReadOnlyList<ForwardingEndpoint> forward, ViewerOptions viewer, CancellationToken cancellationToken)
    {
        CollectorHost host = Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            Forward = forward,
            QuietTime = TimeSpan.FromMilliseconds(200),
            Viewer = viewer,
        });
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
        return new DemoCollector(host);
    }

    /// <summary>Runs a scenario and waits for the collector's decision on it.</summary>
    public async Task<DemoRun> RunAsync(Scenario scenario, int seed, CancellationToken cancellationToken)
    {
        string traceId = await new TravelDesk(scenario, seed, TimeProvider.System).ServeAsync(cancellationToken).ConfigureAwait(false);
        _tracing.ForceFlush();
        try
        {
            return new DemoRun(scenario, await Decision(traceId).Task.WaitAsync(Patience, cancellationToken).ConfigureAwait(false));
        }
        catch (TimeoutException e)
        {
            throw new CliException(ExitCodes.Failed, $"the collector did not decide on run {traceId} ({scenario.Name}) within {Patience.TotalSeconds} s", e);
        }
    }

    /// <summary>Passes on what is queued and stops.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Host.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _tracing.Dispose();
        await Host.DisposeAsync().ConfigureAwait(false);
    }

    private static CollectorHost Create(CollectorOptions options)
    {
        try
        {
            return CollectorHost.Create(options, logging => TerminalLogFormatter.AddTo(logging, LogLevel.Warning));
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message, e);
        }
    }

    private TaskCompletionSource<RunRecord> Decision(string traceId) =>
        _decided.GetOrAdd(traceId, _ => new TaskCompletionSource<RunRecord>(TaskCreationOptions.RunContinuationsAsynchronously));
}
