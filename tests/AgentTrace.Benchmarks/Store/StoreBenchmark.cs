using System.Diagnostics;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.PostgreSql;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using AgentTrace.Store.Sqlite;
using AgentTrace.TestKit;

namespace AgentTrace.Benchmarks.Store;

/// <summary>What storing runs costs: <c>store</c>. Requests are packed and written as the collector does it, then read back.</summary>
internal static class StoreBenchmark
{
    public const string Name = "store";

    /// <summary>Requests that the collector would find waiting at a write under load.</summary>
    private const int RequestsAWrite = 200;
    private const int Reads = 1_000, RareSearches = 200, TracesASearch = 20, WritersOfRuns = 8;

    public static async Task RunAsync(int runs, string only, TextWriter output)
    {
        int whole = Math.Max(StoredRunsLoad.RunsAtOnce, runs);
        await output.WriteLineAsync(StoreRow.Header).ConfigureAwait(false);
        if (only is "" or "sqlite")
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("agenttrace-store-benchmark-");
            try
            {
                await using var store = new SqliteTraceStore(Path.Combine(folder.FullName, "store.db"));
                await output.WriteLineAsync((await MeasureAsync(store, whole, () => TimeSpan.Zero).ConfigureAwait(false)).ToString()).ConfigureAwait(false);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        if (only is "" or "postgresql")
        {
            if (PostgresServer.Absent is { } why)
            {
                await output.WriteLineAsync($"postgresql: {why}").ConfigureAwait(false);
                return;
            }

            await using PostgresServer server = await PostgresServer.StartAsync(isDurable: true).ConfigureAwait(false);
            await using var store = new PostgresTraceStore(await server.CreateDatabaseAsync().ConfigureAwait(false));
            await output.WriteLineAsync((await MeasureAsync(store, whole, server.CpuTime).ConfigureAwait(false)).ToString()).ConfigureAwait(false);
        }
    }

    private static async Task<StoreRow> MeasureAsync(ITraceStore store, int runs, Func<TimeSpan> serverTime)
    {
        await store.OpenAsync().ConfigureAwait(false);
        var load = new StoredRunsLoad(seed: 1);
        using var packer = new BlockPacker(StoredContents.AgentRuns);
        var writing = new Stopwatch();
        TimeSpan cpu = default, server = serverTime();
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

        server = serverTime() - server;

        // Before the runs' documents come: what is told is what spans take.
        StoreSize size = await store.MeasureAsync().ConfigureAwait(false);
        int stored = (int)(spans / StoredRunsLoad.SpansPerRun);
        await Parallel.ForEachAsync(Enumerable.Range(0, stored), new ParallelOptions { MaxDegreeOfParallelism = WritersOfRuns },
            async (run, cancellationToken) => await store.SaveRunAsync(RunOf(run), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

        var random = new Random(2);
        int reads = Math.Min(Reads, stored);
        return new StoreRow
        {
            Engine = store.Engine,
            Runs = stored,
            Spans = spans,
            RawBytes = (double)rawBytes / spans,
            WrittenPerSecond = spans / writing.Elapsed.TotalSeconds,
            PerCpuSecond = spans / cpu.TotalSeconds,
            PerCpuSecondInAll = spans / (cpu + server).TotalSeconds,
            StoredBytes = (double)size.Bytes / spans,
            Trace = await TimeAsync(reads, () => ReadTraceAsync(store, random.Next(stored))).ConfigureAwait(false),
            SearchCommon = await TimeAsync(reads, () => SearchAsync(store, "gen_ai.agent.name", "Hotels", TracesASearch)).ConfigureAwait(false),
            SearchRare = await TimeAsync(Math.Min(reads, RareSearches), () => SearchAsync(store, "gen_ai.response.id", StoredRunsLoad.ResponseOf(random.Next(stored), 7), 1)).ConfigureAwait(false),
            List = await TimeAsync(reads, async () =>
            {
                RunFilter filter = random.Next(2) == 0 ? new RunFilter { Outcome = "failure" } : new RunFilter { Agent = "Hotels", Category = "tool_error" };
                await store.ListRunsAsync(filter).ConfigureAwait(false);
            }).ConfigureAwait(false),
        };
    }

    private static async Task ReadTraceAsync(ITraceStore store, int run)
    {
        UInt128 id = StoredRunsLoad.TraceOf(run);
        if ((await store.FindTraceAsync(id).ConfigureAwait(false)).Sum(block => block.SpansOf(id).Sum(part => part.Length)) == 0)
            throw new InvalidOperationException($"Trace {id:x32} was stored and is not found.");
    }

    /// <summary>With as many matches as traces are asked for the search ends early; for a value of one span it must look at every filter.</summary>
    private static async Task SearchAsync(ITraceStore store, string key, string value, int traces)
    {
        int found = (await StoredTraceSearch.FindAsync(store, key, value, traces + 1).ConfigureAwait(false)).Count;
        if (found < traces)
            throw new InvalidOperationException($"{key} = {value} is in {traces} traces, {found} were found.");
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

    private static async Task<(double P50, double P99)> TimeAsync(int reads, Func<Task> read)
    {
        double[] times = new double[reads];
        for (int i = 0; i < reads; i++)
        {
            long started = Stopwatch.GetTimestamp();
            await read().ConfigureAwait(false);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(times);
        return (times[reads / 2], times[reads * 99 / 100]);
    }
}
