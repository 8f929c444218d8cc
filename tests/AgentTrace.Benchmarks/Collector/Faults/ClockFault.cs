using AgentTrace.Collector;
using AgentTrace.Collector.Forwarding;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>A collector in this process whose wall clock jumps while its backend is down and comes back.</summary>
internal static class ClockFault
{
    private const int Batch = 100;
    private const long SomeSpans = 5_000;

    public static async Task<FaultResult> RunAsync(string folder)
    {
        LoadSink sink = await LoadSink.StartAsync().ConfigureAwait(false);
        await using var _ = sink.ConfigureAwait(false);
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            Forward = [ForwardingEndpoint.Parse(sink.GrpcEndpoint)],
            Forwarding = new ForwardingOptions { QueueDirectory = folder },
        }, configureServices: services => services.AddSingleton<TimeProvider>(new JumpingClock()));
        await using var __ = host.ConfigureAwait(false);
        await host.StartAsync().ConfigureAwait(false);
        using var stop = new CancellationTokenSource();
        var load = new LoadGenerator(new LoadPlan(host.GrpcAddress, true, Batch, SpansPerSecond: 20_000), 0xC10C);
        Task<LoadResult> loading = load.RunAsync(stop.Token);
        await UntilAsync(() => load.Accepted >= SomeSpans).ConfigureAwait(false);
        await sink.GoDownAsync().ConfigureAwait(false);
        await UntilAsync(() => load.Accepted >= 2 * SomeSpans).ConfigureAwait(false);
        await sink.ComeUpAsync().ConfigureAwait(false);
        await UntilAsync(() => load.Accepted >= 3 * SomeSpans).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        LoadResult result = await loading.ConfigureAwait(false);
        await UntilAsync(() => sink.Tally.Unique >= result.Accepted).ConfigureAwait(false);
        await host.StopAsync().ConfigureAwait(false);
        long missing = sink.Tally.Missing(result.Accepted + (result.Unaccepted.Count * Batch), result.Unaccepted, Batch);
        return new FaultResult("clock set forth and back by days", result.Accepted, result.Accepted - missing, 0, missing, sink.Tally.Again, result.Asked);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (int i = 0; i < 6000 && !holds(); i++)
            await Task.Delay(10).ConfigureAwait(false);
    }
}
