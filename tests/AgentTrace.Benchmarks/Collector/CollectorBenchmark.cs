using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>What a span costs on its way through the collector, in memory and with a queue on disk.</summary>
internal static class CollectorBenchmark
{
    public const string Name = "collector";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static async Task RunAsync(bool json, string only, double seconds, double agentShare, TextWriter output)
    {
        TimeSpan warmUp = TimeSpan.FromSeconds(Math.Max(10, seconds)), duration = TimeSpan.FromSeconds(seconds);
        var results = new List<PipelineResult>();
        foreach (bool grpc in new[] { true, false })
            foreach (bool disk in new[] { false, true })
                foreach (int batch in new[] { 512, 100 })
                {
                    string name = (grpc ? "grpc-grpc" : "http-http") + (disk ? "-disk" : "");
                    if (only.Length > 0 && only != $"{name}-{batch}" && only != name)
                        continue;
                    DirectoryInfo? folder = disk ? Directory.CreateTempSubdirectory("agenttrace-bench-") : null;
                    string[] words = folder is null ? [] : ["--queue-dir", folder.FullName];
                    results.Add(await PipelineRun.MeasureAsync(name, grpc, batch, warmUp, duration, 0, agentShare, words).ConfigureAwait(false));
                    folder?.Delete(recursive: true);
                    if (!json)
                        await PrintAsync(results[^1], output).ConfigureAwait(false);
                }

        const double FixedPace = 20_000;
        if (only.Length == 0 || only == "fixed")
        {
            results.Add(await PipelineRun.MeasureAsync("grpc-grpc-at-20k", true, 100, warmUp, duration, FixedPace, agentShare).ConfigureAwait(false));
            if (!json)
                await PrintAsync(results[^1], output).ConfigureAwait(false);
        }

        if (only.Length == 0 || only == "half")
        {
            double most = (results.Find(r => r.Pipeline == "grpc-grpc" && r.Batch == 100) ?? await PipelineRun.MeasureAsync("grpc-grpc", true, 100, warmUp, duration, 0, agentShare).ConfigureAwait(false)).SpansPerSecond;
            results.Add(await PipelineRun.MeasureAsync("grpc-grpc-at-half", true, 100, warmUp, duration, most / 2, agentShare).ConfigureAwait(false));
            if (!json)
                await PrintAsync(results[^1], output).ConfigureAwait(false);
        }

        if (json)
            await output.WriteLineAsync(JsonSerializer.Serialize(new { results }, s_json)).ConfigureAwait(false);
    }

    private static Task PrintAsync(PipelineResult r, TextWriter output) => output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
        $"{r.Pipeline,-20} batch {r.Batch,3}: {r.SpansPerCpuSecond / 1000,6:F0}k spans/CPU-s {r.SpansPerSecond / 1000,6:F0}k/s {r.Cores,5:F2} cores {r.PeakRssMb,4:F0} MB p99 {r.P99LatencyMs,6:F1} ms; accepted {r.Accepted} delivered {r.Delivered} lost {r.Lost} twice {r.Duplicated}"));
}
