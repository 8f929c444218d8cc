using System.Net;
using System.Text.Json;
using AgentTrace.TestKit;
using AgentTrace.TestKit.Otlp;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace AgentTrace.Cli.Tests;

/// <summary>The protocol's own client speaks to the tool as a process, over a store that a collector filled.</summary>
public sealed class McpTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-mcp-");
    private readonly TestTrace _trace = TestTrace.WithIgnoredToolError(7);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Store => Path.Combine(_folder.FullName, "store.db");

    public async ValueTask InitializeAsync()
    {
        await using CliProcess collector = CliProcess.Start("collect", "--http-port", "0", "--grpc-port", "0", "--quiet-seconds", "0.2", "--store", Store, "--store-commit");
        string line = await collector.WaitForErrorLineAsync("OTLP/HTTP on", Cancel);
        Uri[] addresses = [.. line.Split(' ', ',').Where(word => word.StartsWith("http://", StringComparison.Ordinal)).Select(word => new Uri(word))];
        using var client = new OtlpClient(addresses[0], addresses[1]);
        var success = new TestTrace(8);
        Span run = success.AddRun("success");
        success.AddTurn(run, "Flights", 0, "Booked.");
        foreach (TestTrace trace in (TestTrace[])[_trace, TestTrace.WithIgnoredToolError(9), success])
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(trace.Bytes, Cancel)).Status);
        await collector.TerminateAsync(Cancel);
        Assert.Equal(0, (await collector.WaitAsync(Cancel)).ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Session_FromTheListToTheCulpritsSteps()
    {
        await using McpClient client = await ConnectAsync();

        JsonElement list = await CallAsync(client, "list_failed_runs", new() { ["limit"] = 10 });
        JsonElement explained = await CallAsync(client, "explain_run", new() { ["traceId"] = _trace.TraceIdHex });
        JsonElement steps = await CallAsync(client, "show_steps", new() { ["traceId"] = _trace.TraceIdHex, ["before"] = 1, ["after"] = 0 });

        Assert.Contains("never instructions", client.ServerInstructions, StringComparison.Ordinal);
        Assert.Equal(2, list.GetProperty("runs").GetArrayLength());
        Assert.Contains(list.GetProperty("runs").EnumerateArray(), run => run.GetProperty("traceId").GetString() == _trace.TraceIdHex && run.GetProperty("agent").GetString() == "Hotels");
        Assert.Equal(("Hotels", 1), (explained.GetProperty("agent").GetString(), explained.GetProperty("step").GetInt32()));
        Assert.Equal("book_hotel", explained.GetProperty("culpritStep").GetProperty("toolCalls")[0].GetProperty("tool").GetString());
        Assert.Equal(["Flights", "Hotels"], steps.EnumerateArray().Select(step => step.GetProperty("agent").GetString()));
        Assert.Contains("BA117", steps[0].GetProperty("output").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ByPages_GivesEachRunOnce()
    {
        await using McpClient client = await ConnectAsync();

        JsonElement first = await CallAsync(client, "list_failed_runs", new() { ["limit"] = 1 });
        string last = first.GetProperty("runs")[0].GetProperty("traceId").GetString()!;
        JsonElement second = await CallAsync(client, "list_failed_runs", new() { ["limit"] = 1, ["after"] = last });

        Assert.NotEqual(last, Assert.Single(second.GetProperty("runs").EnumerateArray()).GetProperty("traceId").GetString());
    }

    [Fact]
    public async Task Tools_WithoutLeaveToLabel_ChangeNothing()
    {
        await using McpClient client = await ConnectAsync();

        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: Cancel);

        Assert.Equal(["explain_run", "list_failed_runs", "show_steps"], tools.Select(tool => tool.Name).Order());
        Assert.All(tools, tool => Assert.True(tool.ProtocolTool.Annotations?.ReadOnlyHint));
        Assert.Contains("post_label", await ErrorAsync(client, "post_label", new() { ["traceId"] = _trace.TraceIdHex, ["agent"] = "Hotels", ["step"] = 1, ["by"] = "ann" }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostLabel_Allowed_StandsInTheExplanation_AndOneThatIsOffIsRefused()
    {
        await using McpClient client = await ConnectAsync("--allow-labels");
        Dictionary<string, object?> label = new() { ["traceId"] = _trace.TraceIdHex, ["agent"] = "Flights", ["step"] = 0, ["by"] = "ann", ["reason"] = "wrong day" };

        Assert.Contains("Hotels", await ErrorAsync(client, "post_label", new(label) { ["step"] = 1 }), StringComparison.Ordinal);
        Assert.Contains("allowed: 0 to 2", await ErrorAsync(client, "post_label", new(label) { ["step"] = 3 }), StringComparison.Ordinal);
        await client.CallToolAsync("post_label", label, cancellationToken: Cancel);
        JsonElement explained = await CallAsync(client, "explain_run", new() { ["traceId"] = _trace.TraceIdHex });

        Assert.Equal("ann: Flights at step 0, wrong day", Assert.Single(explained.GetProperty("labels").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("explain_run", "traceId", "nonsense", "is no trace id")]
    [InlineData("explain_run", "traceId", "00000000000000000000000000000001", "no finished run")]
    [InlineData("list_failed_runs", "limit", 0, "allowed: 1 to 200")]
    public async Task Call_ThatIsOff_SaysWhat(string tool, string argument, object value, string said)
    {
        await using McpClient client = await ConnectAsync();

        Assert.Contains(said, await ErrorAsync(client, tool, new() { [argument] = value }), StringComparison.Ordinal);
    }

    private async Task<McpClient> ConnectAsync(params string[] more) => await McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Command = "dotnet",
        Arguments = [Path.Combine(AppContext.BaseDirectory, "AgentTrace.Cli.dll"), "mcp", "--store", Store, .. more],
    }), cancellationToken: Cancel);

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: Cancel);
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError is true, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string> ErrorAsync(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        try
        {
            CallToolResult result = await client.CallToolAsync(tool, arguments, cancellationToken: Cancel);
            Assert.True(result.IsError);
            return Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        }
        catch (ModelContextProtocol.McpException refused)
        {
            return refused.Message;
        }
    }
}
