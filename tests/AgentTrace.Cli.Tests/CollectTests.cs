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
        string line = await process.WaitForErrorLineAsync("OTLP/HTTP on", Cancel);
        Uri[] addresses = [.. line.Split(' ', ',').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word))];
        using var client = new OtlpClient(addresses[0], addresses[1]);

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

    [Theory]
    [InlineData("--http-port is 70000", "--http-port", "70000")]
    [InlineData("allowed: more than 0", "--quiet-seconds", "0")]
    [InlineData("'localhost:4317' is no OTLP endpoint", "--forward", "localhost:4317")]
    [InlineData("There is no attribution method \"magic\"", "--method", "magic")]
    [InlineData("OPENAI_API_KEY", "--judge", "openai:gpt-5")]
    [InlineData("names no judge", "--judge", "oracle")]
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
}
