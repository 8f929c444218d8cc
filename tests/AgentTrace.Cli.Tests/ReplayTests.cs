using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs.WhoAndWhen;
using AgentTrace.Collector;
using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Cli.Tests;

public sealed class ReplayTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Replay_EveryDevelopmentLog_GetsTheVerdictOfTheLogItselfInItsTrace(string protocol)
    {
        if (SharedData.Folder("who-and-when") is not { } folder)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        IReadOnlyList<string> logs = SharedData.WhoAndWhenLogs();
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using CollectorHost collector = await StartAsync(protocol == "http" ? sink.HttpAddress.ToString() : sink.GrpcEndpoint);
        string endpoint = protocol == "http" ? collector.HttpAddress.ToString() : $"grpc://{collector.GrpcAddress.Authority}";

        CliResult result = await CliProcess.RunAsync(Cancel, "replay", folder, "--endpoint", endpoint, "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error);
        IReadOnlyList<ReceivedSpan> spans = await sink.WaitForAsync(all => all.Count(span => span.Name == "decisive_error") == logs.Count, Cancel);
        using JsonDocument sent = JsonDocument.Parse(result.Output);
        JsonElement[] runs = [.. sent.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(logs.Select(Path.GetFileName), runs.Select(run => Path.GetFileName(run.GetProperty("file").GetString())));
        ILookup<string, ReceivedSpan> traces = spans.ToLookup(span => span.TraceId);
        foreach (JsonElement run in runs)
            await AssertVerdictAsync(run.GetProperty("file").GetString()!, [.. traces[run.GetProperty("traceId").GetString()!]]);
        output.WriteLine($"{runs.Length} logs, {spans.Count} spans over OTLP/{protocol}: every verdict in its own trace, equal to the log's own");
    }

    private static async Task AssertVerdictAsync(string file, IReadOnlyList<ReceivedSpan> trace)
    {
        AgentTrace.Attribution.Runs.AgentRun log = WhoAndWhenReader.Read(file, await File.ReadAllBytesAsync(file, Cancel)).Run;
        FailureAttribution expected = await new StructuralAttributor().AttributeAsync(log, Cancel);

        ReceivedSpan root = Assert.Single(trace, span => span.ParentSpanId is null);
        ReceivedSpan verdict = Assert.Single(trace, span => span.Name == "attribute_failure");
        ReceivedSpan decisive = Assert.Single(trace, span => span.Name == "decisive_error");
        ReceivedSpan culprit = Assert.Single(trace, span => span["agenttrace.turn.index"]?.IntValue == expected.Step);
        Assert.Equal(log.Steps.Count + 3, trace.Count);
        Assert.Equal(root.SpanId, verdict.ParentSpanId);
        Assert.Equal(culprit.SpanId, decisive.ParentSpanId);
        Assert.True((expected.Agent, (long?)expected.Step) == (verdict["agenttrace.attribution.agent"]?.StringValue, verdict["agenttrace.attribution.step"]?.IntValue), file);
        Assert.Equal(expected.Confidence, verdict["agenttrace.attribution.confidence"]!.DoubleValue, 6);
        Assert.True(culprit.Span.StartTimeUnixNano < culprit.Span.EndTimeUnixNano);
    }

    private static async Task<CollectorHost> StartAsync(string forward)
    {
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = TimeSpan.FromMilliseconds(300),
            Forward = [ForwardingEndpoint.Parse(forward)],
        });
        await host.StartAsync(Cancel);
        return host;
    }
}
