using System.Diagnostics;
using System.Globalization;
using AgentTrace.Collector;
using AgentTrace.TestKit.Fuzz;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Benchmarks.Runs;

/// <summary>What a span costs while a thousand to a million runs are alive: <c>runs</c>. Requests go through the whole receiver, without a socket.</summary>
internal static class LiveRunsBenchmark
{
    public const string Name = "runs";

    private const int SpansPerRequest = 100;
    private const int RequestsMeasured = 2_000;

    public static async Task RunAsync(TextWriter output)
    {
        await output.WriteLineAsync("| live runs | CPU ns per span |\n|---|---|").ConfigureAwait(false);
        await MeasureAsync(1_000).ConfigureAwait(false);
        foreach (int live in (int[])[1_000, 10_000, 100_000, 1_000_000])
        {
            double nanoseconds = await MeasureAsync(live).ConfigureAwait(false);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| {live} | {nanoseconds:F0} |")).ConfigureAwait(false);
        }
    }

    private static async Task<double> MeasureAsync(int live)
    {
        using var server = new InProcessServer();
        var options = new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxGatheredBytes = 16L * 1024 * 1024 * 1024, MaxLiveRuns = 2_000_000 };
        await using CollectorHost host = CollectorHost.Create(options, configureServices: services => services.AddSingleton<IServer>(server));
        await host.StartAsync().ConfigureAwait(false);

        // One turn of each run: none has ended, all wait.
        byte[][] requests = [.. Enumerable.Range(0, (live + SpansPerRequest - 1) / SpansPerRequest).Select(i => Request(i * SpansPerRequest, span: 1))];
        foreach (byte[] request in requests)
            await PostAsync(server, request).ConfigureAwait(false);

        // Then one more span for runs all over.
        var random = new Random(1);
        byte[][] more = [.. Enumerable.Range(0, RequestsMeasured).Select(i => Request(random.Next(requests.Length) * SpansPerRequest, span: 2 + i))];
        GC.Collect();
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        foreach (byte[] request in more)
            await PostAsync(server, request).ConfigureAwait(false);
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalNanoseconds / (RequestsMeasured * SpansPerRequest);
    }

    private static async Task PostAsync(InProcessServer server, byte[] request)
    {
        (int status, _) = await server.PostAsync("/v1/traces", "application/x-protobuf", request).ConfigureAwait(false);
        if (status != 200)
            throw new InvalidOperationException($"The collector answered {status}.");
    }

    private static byte[] Request(int firstRun, int span)
    {
        var spans = new ScopeSpans();
        for (int i = 0; i < SpansPerRequest; i++)
        {
            byte[] trace = new byte[16], id = new byte[8];
            // Spread as real trace ids are.
            new Random(firstRun + i).NextBytes(trace);
            BitConverter.TryWriteBytes(id, (long)span);
            spans.Spans.Add(new Span
            {
                TraceId = ByteString.CopyFrom(trace),
                SpanId = ByteString.CopyFrom(id),
                ParentSpanId = ByteString.CopyFrom(9, 9, 9, 9, 9, 9, 9, 9),
                Name = "invoke_agent Flights",
                Attributes = { TestTrace.Text("gen_ai.operation.name", "invoke_agent"), TestTrace.Text("gen_ai.agent.name", "Flights") },
            });
        }

        return new ExportRequest { ResourceSpans = { new ResourceSpans { ScopeSpans = { spans } } } }.ToByteArray();
    }
}
