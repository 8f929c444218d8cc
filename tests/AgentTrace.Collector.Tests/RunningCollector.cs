using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests;

/// <summary>A collector on free ports in front of a sink, and a client that speaks to it.</summary>
internal sealed class RunningCollector : IAsyncDisposable
{
    private RunningCollector(CollectorHost host, OtlpSink sink)
    {
        Host = host;
        Sink = sink;
        Client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
    }

    public CollectorHost Host { get; }

    public OtlpSink Sink { get; }

    public OtlpClient Client { get; }

    /// <summary>Starts both; the collector forwards to the sink by HTTP, gRPC or wherever the callback says.</summary>
    public static async Task<RunningCollector> StartAsync(Func<OtlpSink, IEnumerable<string>> forward, Func<CollectorOptions, CollectorOptions>? change = null)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        OtlpSink sink = await OtlpSink.StartAsync(cancellationToken);
        var options = new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = TimeSpan.FromMilliseconds(100),
            Forward = [.. forward(sink).Select(ForwardingEndpoint.Parse)],
        };
        CollectorHost host = CollectorHost.Create(change?.Invoke(options) ?? options);
        await host.StartAsync(cancellationToken);
        return new RunningCollector(host, sink);
    }

    public static Task<RunningCollector> OverHttpAsync() => StartAsync(sink => [sink.HttpAddress.ToString()]);

    public static Task<RunningCollector> OverGrpcAsync() => StartAsync(sink => [sink.GrpcEndpoint]);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Sink.DisposeAsync();
    }
}
