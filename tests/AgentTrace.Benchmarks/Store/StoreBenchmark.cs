using System.Diagnostics;
using System.Globalization;
using AgentTrace.Collector.Storage;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using AgentTrace.Store.Sqlite;

namespace AgentTrace.Benchmarks.Store;

/// <summary>What storing runs costs: <c>store</c>. Requests are packed and written as the collector does it, then read back.</summary>
internal static class StoreBenchmark
{
    public const string Name = "store";

    /// <summary>Requests that the collector would find waiting at a write under load.</summary>
    private const int RequestsAWrite = 200;
    private const int Reads = 1_000;

    public static async Task RunAsync(int runs, TextWriter output)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("agenttrace-store-benchmark-");
        try
        {
            await using var store = new SqliteTraceStore(Path.Combine(folder.FullName, "store.db"));
            await store.OpenAsync().ConfigureAwait(false);
            await MeasureAsync(store, Math.Max(StoredRunsLoad.RunsAtOnce, runs), output).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(SqliteTraceStore store, int runs, TextWriter output)
    {
        var load = new StoredRunsLoad(seed: 1);
        using var packer = new BlockPacker(StoredContents.AgentRuns);
        var writing = new Stopwatch();
        TimeSpan cpu = default;
        long rawBytes = 0, spans = 0;
        var waiting = new List<byte[]>();
        for (int first = 0; first + StoredRunsLoad.RunsAtOnce <= runs; first += StoredRunsLoad.RunsAtOnce)
        {
            waiting.AddRange(load.Requests(first));
            if (waiting.Count < RequestsAWrite && first + (2 * StoredRunsLoad.RunsAtOnce) <= runs)
                continue;
            TimeSpan before = Environment.CpuUsage.TotalTime;
            writing.Start();
            IReadOnlyList<SpanBlock> blocks = packer.Pack(waiting.Select(request => (ReadOnlyMemory<byte>)request));
            await store.AppendAsync(blocks, DateTimeOffset.UnixEpoch.AddSeconds(first)).ConfigureAwait(false);
            writing.Stop();
            cpu += Environment.CpuUsage.TotalTime - before;
            rawBytes += waiting.Sum(request => (long)request.Length);
            spans += blocks.Sum(block => (long)block.Spans);
            waiting.Clear();
        }

        // Before the runs' documents come: what is told is what spans take.
        StoreSize size = await store.MeasureAsync().ConfigureAwait(false);
        int stored = (int)(spans / StoredRunsLoad.SpansPerRun);
        for (int run = 0; run < stored; run++)
            await store.SaveRunAsync(RunOf(run)).ConfigureAwait(false);

        var random = new Random(2);
        (double p50, double p99) trace = await TimeAsync(async () =>
        {
            UInt128 id = StoredRunsLoad.TraceOf(random.Next(stored));
            int bytes = (await store.FindTraceAsync(id).ConfigureAwait(false)).Sum(block => block.SpansOf(id).Sum(part => part.Length));
            if (bytes == 0)
                throw new InvalidOperationException($"Trace {id:x32} was stored and is not found.");
        }).ConfigureAwait(false);
        (double p50, double p99) list = await TimeAsync(async () =>
        {
            RunFilter filter = random.Next(2) == 0 ? new RunFilter { Outcome = "failure" } : new RunFilter { Agent = "Hotels", Category = "tool_error" };
            await store.ListRunsAsync(filter).ConfigureAwait(false);
        }).ConfigureAwait(false);

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            | engine | runs | spans | raw bytes per span | written spans/s | spans per CPU-second | stored bytes per span | trace by id p50 / p99 ms | runs list p50 / p99 ms |
            |---|---|---|---|---|---|---|---|---|
            | {store.Engine} | {stored} | {spans} | {(double)rawBytes / spans:F0} | {spans / writing.Elapsed.TotalSeconds:F0} | {spans / cpu.TotalSeconds:F0} | {(double)size.Bytes / spans:F1} | {trace.p50:F2} / {trace.p99:F2} | {list.p50:F2} / {list.p99:F2} |
            """)).ConfigureAwait(false);
    }

    private static StoredRun RunOf(int run) => new()
    {
        TraceId = StoredRunsLoad.TraceOf(run),
        Name = "travel",
        Outcome = run % 5 == 0 ? "failure" : "success",
        Steps = StoredRunsLoad.SpansPerRun,
        FinishedAt = DateTimeOffset.UnixEpoch.AddSeconds(run),
        Agent = run % 5 == 0 ? (run % 10 == 0 ? "Hotels" : "Flights") : null,
        Category = run % 5 == 0 ? "tool_error" : null,
        Document = new byte[2048],
    };

    private static async Task<(double P50, double P99)> TimeAsync(Func<Task> read)
    {
        double[] times = new double[Reads];
        for (int i = 0; i < Reads; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await read().ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[Reads / 2], times[Reads * 99 / 100]);
    }
}
