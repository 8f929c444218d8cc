using System.Diagnostics;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>Runs one collector between a load generator and a sink and measures it.</summary>
internal static class PipelineRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="name">How the pipeline is called.</param>
    /// <param name="grpc">OTLP/gRPC in and out, or OTLP/HTTP.</param>
    /// <param name="batch">Spans a request.</param>
    /// <param name="warmUp">Load that is not measured: a fresh process compiles its hot code first.</param>
    /// <param name="duration">Load that is measured.</param>
    /// <param name="spansPerSecond">The pace; 0 for as fast as it goes.</param>
    /// <param name="agentShare">Part of the traces that are agent runs.</param>
    /// <param name="arguments">More words for the collector.</param>
    public static async Task<PipelineResult> MeasureAsync(
        string name, bool grpc, int batch, TimeSpan warmUp, TimeSpan duration, double spansPerSecond = 0, double agentShare = 0.05, params string[] arguments)
    {
        LoadSink sink = await LoadSink.StartAsync().ConfigureAwait(false);
        await using var _ = sink.ConfigureAwait(false);
        CollectorProcess collector = await CollectorProcess.StartAsync(["--forward", grpc ? sink.GrpcEndpoint : sink.HttpEndpoint, .. arguments]).ConfigureAwait(false);
        await using var __ = collector.ConfigureAwait(false);
        var plan = new LoadPlan(grpc ? collector.Grpc : collector.Http, grpc, batch, SpansPerSecond: spansPerSecond, AgentShare: agentShare);
        // Two processes number their spans alike: the warm-up has a tally of its own.
        await LoadCommand.StartAsync(plan, warmUp).ConfigureAwait(false);
        await SettleAsync(sink.Tally).ConfigureAwait(false);
        sink.Tally.Clear();

        double cpu = collector.CpuSeconds;
        long started = Stopwatch.GetTimestamp();
        LoadResult load = await LoadCommand.StartAsync(plan, duration).ConfigureAwait(false);
        double cpuUnderLoad = collector.CpuSeconds - cpu;
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        await SettleAsync(sink.Tally, load.Accepted).ConfigureAwait(false);
        cpu = collector.CpuSeconds - cpu;
        double latency = sink.Tally.TakeLatency(0.99) / 1e6;
        double peak = collector.PeakRssMb;
        await collector.StopAsync().ConfigureAwait(false);
        SpanTally tally = sink.Tally;
        long numbers = load.Accepted + (load.Unaccepted.Count * batch);
        return new PipelineResult(name, batch, tally.Unique / cpu, load.Accepted / took.TotalSeconds, cpuUnderLoad / took.TotalSeconds, peak, latency, load.Accepted, tally.Unique,
            tally.Missing(numbers, load.Unaccepted, batch), tally.Again);
    }

    /// <summary>Waits until the sink has what was accepted, or nothing more comes.</summary>
    private static async Task SettleAsync(SpanTally tally, long expected = long.MaxValue)
    {
        long last = -1, start = Stopwatch.GetTimestamp(), moved = start;
        while (tally.Unique < expected && Stopwatch.GetElapsedTime(start) < Patience && Stopwatch.GetElapsedTime(moved) < TimeSpan.FromSeconds(expected == long.MaxValue ? 0.5 : 5))
        {
            if (tally.Unique != last)
                (last, moved) = (tally.Unique, Stopwatch.GetTimestamp());
            await Task.Delay(50).ConfigureAwait(false);
        }
    }
}
