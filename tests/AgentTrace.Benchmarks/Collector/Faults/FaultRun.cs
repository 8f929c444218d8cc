using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AgentTrace.Benchmarks.Collector.Faults;

/// <summary>A collector with a queue folder between a load and a sink, for one fault to happen to.</summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private const int Batch = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string[] _words;
    private readonly CancellationTokenSource _stopLoad = new();
    private readonly LoadGenerator _load;
    private readonly Task<LoadResult> _loading;
    private CollectorProcess _collector;

    private FaultRun(LoadSink sink, CollectorProcess collector, string folder, string[] words, bool grpc, double spansPerSecond)
    {
        (Sink, _collector, Folder, _words) = (sink, collector, folder, words);
        _load = new LoadGenerator(new LoadPlan(grpc ? collector.Grpc : collector.Http, grpc, Batch, SpansPerSecond: spansPerSecond), 0xFA_0170);
        _loading = _load.RunAsync(_stopLoad.Token);
    }

    public LoadSink Sink { get; }

    public string Folder { get; }

    public static async Task<FaultRun> StartAsync(string folder, bool grpc = true, double spansPerSecond = 20_000)
    {
        LoadSink sink = await LoadSink.StartAsync().ConfigureAwait(false);
        string[] words = ["--http-port", FreePort(), "--grpc-port", FreePort(), "--queue-dir", folder, "--forward", grpc ? sink.GrpcEndpoint : sink.HttpEndpoint];
        CollectorProcess collector = await CollectorProcess.StartAsync(words).ConfigureAwait(false);
        return new FaultRun(sink, collector, folder, words, grpc, spansPerSecond);
    }

    /// <summary>Waits until so many more spans were accepted: a fault shall meet a collector that is at work.</summary>
    public async Task AcceptAsync(long spans)
    {
        long goal = _load.Accepted + spans, start = Stopwatch.GetTimestamp();
        while (_load.Accepted < goal)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException($"The collector accepted no {spans} spans within {Patience}: {string.Join('\n', _collector.Log)}");
            await Task.Delay(10).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until a request was answered with "try again later".</summary>
    public async Task AskToWaitAsync()
    {
        long start = Stopwatch.GetTimestamp();
        while (_load.Asked == 0)
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new TimeoutException("The collector never asked a sender to wait.");
            await Task.Delay(10).ConfigureAwait(false);
        }
    }

    /// <summary>kill -9, and a new process in its place.</summary>
    public async Task KillAndRestartAsync()
    {
        await _collector.KillAsync().ConfigureAwait(false);
        CollectorProcess dead = _collector;
        _collector = await CollectorProcess.StartAsync(_words).ConfigureAwait(false);
        await dead.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the load, waits until everything accepted has come or nothing comes any more, and counts.</summary>
    public async Task<FaultResult> FinishAsync(string fault)
    {
        await _stopLoad.CancelAsync().ConfigureAwait(false);
        LoadResult load = await _loading.ConfigureAwait(false);
        SpanTally setAside = CountSetAside();
        long start = Stopwatch.GetTimestamp(), moved = start, last = -1;
        while (Sink.Tally.Unique + setAside.Unique < load.Accepted && Stopwatch.GetElapsedTime(start) < Patience && Stopwatch.GetElapsedTime(moved) < TimeSpan.FromSeconds(45))
        {
            if (Sink.Tally.Unique != last)
                (last, moved) = (Sink.Tally.Unique, Stopwatch.GetTimestamp());
            await Task.Delay(100).ConfigureAwait(false);
            setAside = CountSetAside();
        }

        await _collector.StopAsync().ConfigureAwait(false);
        setAside = CountSetAside();
        // A request whose answer was cut off may be delivered though nobody was told that it was accepted: it is no part of the sum.
        long numbers = load.Accepted + (load.Unaccepted.Count * Batch);
        long missing = Sink.Tally.Missing(numbers, load.Unaccepted, Batch, setAside);
        return new FaultResult(fault, load.Accepted, load.Accepted - missing - setAside.Unique, setAside.Unique, missing, Sink.Tally.Again, load.Asked);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopLoad.CancelAsync().ConfigureAwait(false);
        await ((Task)_loading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _collector.DisposeAsync().ConfigureAwait(false);
        await Sink.DisposeAsync().ConfigureAwait(false);
        _stopLoad.Dispose();
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private SpanTally CountSetAside()
    {
        var tally = new SpanTally();
        string refused = Path.Combine(Folder, "refused");
        if (Directory.Exists(refused))
            foreach (string path in Directory.EnumerateFiles(refused, "*-traces-*"))
                tally.Count(File.ReadAllBytes(path), DateTimeOffset.UtcNow);
        return tally;
    }
}
