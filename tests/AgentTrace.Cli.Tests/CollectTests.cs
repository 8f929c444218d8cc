using System.Net;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Cli.Tests;

public sealed class CollectTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collect_AFailedRunIsSent_ItArrivesWithItsVerdictAndTheProcessEndsCleanly()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using CliProcess process = CliProcess.Start("collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.2", "--forward", sink.GrpcEndpoint);
        using OtlpClient client = await ClientOfAsync(process);

        Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsync([0xFF], Cancel)).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(TestTrace.WithIgnoredToolError(1).Bytes, Cancel)).Status);
        Assert.Equal(0, (await client.CallAsync(TestTrace.WithIgnoredToolError(2).Bytes, Cancel)).Status);

        IReadOnlyList<ReceivedSpan> spans = await sink.WaitForAsync(all => all.Count(span => span.Name == "decisive_error") == 2, Cancel);
        Assert.Equal(14, spans.Count);
        await process.TerminateAsync(Cancel);
        CliResult result = await process.WaitAsync(Cancel);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Contains("attributed: DecisiveError Hotels step 1 by structural", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_WithAStore_TheNextProcessStillKnowsTheRun()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("agenttrace-collect-");
        try
        {
            string[] call = ["collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.2", "--store", Path.Combine(folder.FullName, "store.db"), "--store-commit"];
            TestTrace trace = TestTrace.WithIgnoredToolError();
            await using (CliProcess first = CliProcess.Start(call))
            {
                using OtlpClient client = await ClientOfAsync(first);
                Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(trace.Bytes, Cancel)).Status);
                await first.TerminateAsync(Cancel);
                Assert.Equal(0, (await first.WaitAsync(Cancel)).ExitCode);
            }

            await using CliProcess second = CliProcess.Start(call);
            string listening = await second.WaitForErrorLineAsync("runs on", Cancel);
            Uri runs = new(listening.Split("runs on ")[1].Split(',')[0] + "/" + trace.TraceIdHex);
            using var http = new HttpClient();
            string run = await http.GetStringAsync(runs, Cancel);
            Assert.Contains("\"agent\": \"Hotels\"", run, StringComparison.Ordinal);
            await second.TerminateAsync(Cancel);
            await second.WaitAsync(Cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Collect_StoreThatCannotBeOpened_IsTheWorkFailing_AndAnAgeOutOfRangeAWrongCall()
    {
        CliResult absent = await CliProcess.RunAsync(Cancel, "collect", "--http-port", "0", "--grpc-port", "0", "--store", "/absent/folder/store.db");
        CliResult range = await CliProcess.RunAsync(Cancel, "collect", "--http-port", "0", "--grpc-port", "0", "--store-max-days", "-1");

        Assert.Equal(1, absent.ExitCode);
        Assert.Contains("/absent/folder/store.db", absent.Error, StringComparison.Ordinal);
        Assert.Equal(2, range.ExitCode);
        Assert.Contains("--store-max-days is -1", range.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_AskedToEndWhileTheBackendIsSlow_PassesOnWhatItHoldsFirst()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using CliProcess process = CliProcess.Start("collect", "--http-port", "0", "--grpc-port", "0", "--forward", sink.GrpcEndpoint);
        using OtlpClient client = await ClientOfAsync(process);
        // Five refusals with growing pauses keep the batch for longer than two seconds, which is what the command line library would wait for.
        for (int i = 0; i < 5; i++)
            sink.NextGrpcStatuses.Enqueue(14);
        await client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);

        await process.TerminateAsync(Cancel);
        CliResult result = await process.WaitAsync(Cancel);

        Assert.Equal(0, result.ExitCode);
        Assert.Single(sink.Spans, span => span.Name == "decisive_error");
    }

    [Fact]
    public async Task Collect_AgentIsNamedByAnEscapeSequence_TheLogDoesNotPassItToTheTerminal()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using CliProcess process = CliProcess.Start("collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.2", "--forward", sink.GrpcEndpoint);
        using OtlpClient client = await ClientOfAsync(process);
        var trace = new TestTrace();
        trace.AddTurn(trace.AddRun("failure"), "\u001b[2JEvil", 0, "done");
        await client.PostAsync(trace.Bytes, Cancel);

        string line = await process.WaitForErrorLineAsync("attributed:", Cancel);

        Assert.Contains("Evil", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', line);
    }

    [Theory]
    [InlineData("--http-port is 70000", "--http-port", "70000")]
    [InlineData("allowed: more than 0", "--quiet-seconds", "0")]
    [InlineData("--runs-max-bytes is 0", "--runs-max-bytes", "0")]
    [InlineData("--ended-runs-max-bytes is -1", "--ended-runs-max-bytes", "-1")]
    [InlineData("'localhost:4317' is no OTLP endpoint", "--forward", "localhost:4317")]
    [InlineData("There is no attribution method \"magic\"", "--method", "magic")]
    [InlineData("OPENAI_API_KEY", "--judge", "openai:gpt-5")]
    [InlineData("names no judge", "--judge", "oracle")]
    [InlineData("names the collector itself", "--forward", "http://localhost:4318")]
    public async Task Collect_WordsOfTheCallAreOff_Is2AndSaysWhat(string message, params string[] arguments)
    {
        CliResult result = await CliProcess.RunAsync(Cancel, ["collect", .. arguments]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message.Replace("--http-port", "HttpPort", StringComparison.Ordinal), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collect_PortIsTaken_Is1AndSaysWhatToDo()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "collect", "--http-port", $"{sink.HttpAddress.Port}", "--grpc-port", "0");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("--http-port", result.Error, StringComparison.Ordinal);
    }

    private static async Task<OtlpClient> ClientOfAsync(CliProcess process)
    {
        string line = await process.WaitForErrorLineAsync("OTLP/HTTP on", Cancel);
        Uri[] addresses = [.. line.Split(' ', ',').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word))];
        return new OtlpClient(addresses[0], addresses[1]);
    }
}
