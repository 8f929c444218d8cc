using System.Diagnostics;
using System.Globalization;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>Half of what the collector takes, for long: memory must stay flat and nothing may be lost.</summary>
internal static class SoakCommand
{
    public const string Name = "soak";

    private const int Batch = 100;

    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(10);

    /// <summary>Prints the resident set once in a while and the sum at the end; 0 when nothing was lost.</summary>
    public static async Task<int> RunAsync(TimeSpan duration, TextWriter output)
    {
        PipelineResult most = await PipelineRun.MeasureAsync("grpc-grpc", true, Batch, Measuring, Measuring).ConfigureAwait(false);
        double pace = most.SpansPerSecond / 2;
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"at most {most.SpansPerSecond:F0} spans/s here; soaking at {pace:F0} for {duration.TotalMinutes:0.#} minutes")).ConfigureAwait(false);

        LoadSink sink = await LoadSink.StartAsync().ConfigureAwait(false);
        await using var _ = sink.ConfigureAwait(false);
        CollectorProcess collector = await CollectorProcess.StartAsync("--forward", sink.GrpcEndpoint).ConfigureAwait(false);
        await using var __ = collector.ConfigureAwait(false);
        long started = Stopwatch.GetTimestamp();
        Task<LoadResult> loading = LoadCommand.StartAsync(new LoadPlan(collector.Grpc, true, Batch, SpansPerSecond: pace), duration);
        TimeSpan step = duration / 20;
        while (await Task.WhenAny(loading, Task.Delay(step)).ConfigureAwait(false) != loading)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(started).TotalSeconds,6:F0} s: {collector.RssMb,4:F0} MB, {collector.CpuSeconds,6:F1} CPU-s, {sink.Tally.Unique} spans")).ConfigureAwait(false);
        LoadResult load = await loading.ConfigureAwait(false);
        for (int i = 0; i < 300 && sink.Tally.Unique < load.Accepted; i++)
            await Task.Delay(100).ConfigureAwait(false);
        await collector.StopAsync().ConfigureAwait(false);
        long lost = sink.Tally.Missing(load.Accepted + (load.Unaccepted.Count * Batch), load.Unaccepted, Batch);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"accepted {load.Accepted} delivered {sink.Tally.Unique} lost {lost} duplicated {sink.Tally.Again}")).ConfigureAwait(false);
        return lost == 0 ? 0 : 1;
    }
}
