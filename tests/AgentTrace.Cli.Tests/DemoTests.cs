using System.Text.Json;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Cli.Tests;

public sealed class DemoTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http")]
    [InlineData("grpc")]
    public async Task Demo_Once_NamesEveryPlantedErrorAndSendsOneWholeTraceARun(string protocol)
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        string forward = protocol == "http" ? sink.HttpAddress.ToString() : sink.GrpcEndpoint;

        CliResult result = await CliProcess.RunAsync(Cancel, "demo", "--once", "--format", "json", "--forward", forward);

        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement[] runs = [.. document.RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal(["success", "ignored-tool-error", "wrong-fact", "loop"], runs.Select(run => run.GetProperty("scenario").GetString()));
        foreach (JsonElement run in runs)
            AssertRun(run, [.. sink.Spans.Where(span => span.TraceId == run.GetProperty("traceId").GetString())]);
        Assert.Equal(runs.Length, sink.Spans.DistinctBy(span => span.TraceId).Count());
    }

    [Fact]
    public async Task Demo_Text_ShowsTimelinesAndWhereToLook()
    {
        CliResult result = await CliProcess.RunAsync(Cancel, "demo", "--once");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 of 3 planted errors named", result.Output, StringComparison.Ordinal);
        Assert.Contains("DECISIVE ERROR", result.Output, StringComparison.Ordinal);
        Assert.Contains("Hotels, step 3", result.Output, StringComparison.Ordinal);
        Assert.Contains("[4/4] loop", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_TextToAPipe_HasNoEscapesWhateverTheTerminal()
    {
        await using CliProcess process = CliProcess.Start(new Dictionary<string, string?> { ["TERM"] = "xterm-256color" }, "demo", "--once");

        CliResult result = await process.WaitAsync(Cancel);

        Assert.Contains("DECISIVE ERROR", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output);
    }

    [Fact]
    public async Task Demo_NobodyListensAtTheEndpoint_SaysSo()
    {
        await using CliProcess process = CliProcess.Start("demo", "--forward", "http://127.0.0.1:9");

        string line = await process.WaitForErrorLineAsync("did not take a batch", Cancel);

        Assert.Contains("OTLP/HTTP http://127.0.0.1:9/", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demo_WithoutOnce_ServesTheRunsUntilItIsAskedToEnd()
    {
        await using CliProcess process = CliProcess.Start("demo");
        await process.WaitForErrorLineAsync("the collector stays up on", Cancel);
        string line = await process.WaitForErrorLineAsync("the collector stays up on", Cancel);
        using var http = new HttpClient();
        string runs = await http.GetStringAsync(new Uri(new Uri(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]), "/v1/runs"), Cancel);

        await process.TerminateAsync(Cancel);

        Assert.Equal(0, (await process.WaitAsync(Cancel)).ExitCode);
        using JsonDocument document = JsonDocument.Parse(runs);
        Assert.Equal(4, document.RootElement.GetProperty("runs").GetArrayLength());
    }

    private static void AssertRun(JsonElement run, IReadOnlyList<ReceivedSpan> spans)
    {
        JsonElement expected = run.GetProperty("expected");
        JsonElement attributed = run.GetProperty("attributed");
        Assert.Equal(expected.GetProperty("agent").GetString(), attributed.GetProperty("agent").GetString());
        Assert.Equal(expected.GetProperty("step").ToString(), attributed.GetProperty("step").ToString());

        ReceivedSpan root = Assert.Single(spans, span => span.ParentSpanId is null);
        Assert.Equal("invoke_workflow travel-desk", root.Name);
        HashSet<string> ids = [.. spans.Select(span => span.SpanId)];
        Assert.Equal(spans.Count, ids.Count);
        Assert.All(spans.Where(span => span != root), span => Assert.Contains(span.ParentSpanId!, ids));

        bool failed = expected.GetProperty("agent").ValueKind != JsonValueKind.Null;
        Assert.Equal(failed ? "failure" : "success", run.GetProperty("outcome").GetString());
        Assert.Equal(failed, root.IsError);
        Assert.Equal(run.GetProperty("spans").GetInt32() + (failed ? 2 : 0), spans.Count);
        if (!failed)
        {
            Assert.DoesNotContain(spans, span => span.Name is "attribute_failure" or "decisive_error");
            return;
        }

        ReceivedSpan culprit = Assert.Single(spans, span => span["agenttrace.turn.index"]?.IntValue == expected.GetProperty("step").GetInt32());
        Assert.Equal($"invoke_agent {expected.GetProperty("agent").GetString()}", culprit.Name);
        Assert.Equal(culprit.SpanId, Assert.Single(spans, span => span.Name == "decisive_error").ParentSpanId);
        Assert.Equal(root.SpanId, Assert.Single(spans, span => span.Name == "attribute_failure").ParentSpanId);
        Assert.InRange(attributed.GetProperty("confidence").GetDouble(), 0.01, 1);
        Assert.Equal("structural", attributed.GetProperty("method").GetString());
        Assert.NotEqual("", attributed.GetProperty("reason").GetString());
    }
}
