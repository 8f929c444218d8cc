using System.Text;
using System.Text.Json;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests;

public sealed class AttributeTests : IDisposable
{
    private const string Log = """
        {"question":"Book a room.","question_ID":"room","ground_truth":"booked","is_correct":false,"mistake_agent":"Hotels","mistake_step":"1","mistake_reason":"ignored the error",
         "history":[{"role":"user","name":"Concierge","content":"Hotels, please book a room."},
                    {"role":"assistant","name":"Hotels","content":"I assume the Grand Plaza has rooms; as far as I remember it always has. Your room is booked."},
                    {"role":"assistant","name":"Concierge","content":"All is booked."}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-attribute-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Attribute_ALog_NamesAgentAndStepInJsonAndText()
    {
        string file = await WriteAsync("log.json", Log);

        CliResult json = await CliProcess.RunAsync(Cancel, "attribute", file, "--format", "json");
        CliResult text = await CliProcess.RunAsync(Cancel, "attribute", file);

        Assert.Equal((0, 0), (json.ExitCode, text.ExitCode));
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement result = Assert.Single(document.RootElement.GetProperty("results").EnumerateArray());
        Assert.Equal(("room", 3), (result.GetProperty("run").GetString(), result.GetProperty("steps").GetInt32()));
        Assert.Equal(("Hotels", 1), Blame(result.GetProperty("attributed")));
        Assert.Equal(("Hotels", 1), Blame(result.GetProperty("label")));
        Assert.Equal(3, result.GetProperty("attributed").GetProperty("ranking").GetArrayLength());
        Assert.Contains("decisive error: Hotels, step 1", text.Output, StringComparison.Ordinal);
        Assert.Contains("agent right 100.0 %, step right 100.0 %", text.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attribute_OtlpJson_AttributesTheFailedRunOnly(bool oneObjectALine)
    {
        const string span = """{"traceId":"%T%","spanId":"%S%","parentSpanId":"%P%","name":"%N%","startTimeUnixNano":"%I%","endTimeUnixNano":"%I%9","attributes":[%A%]}""";
        static string Run(string trace, string outcome) => string.Join(',',
            Span(trace, "0000000000000001", "", "invoke_workflow w", 1, ("gen_ai.operation.name", "invoke_workflow"), ("agenttrace.run.outcome", outcome)),
            Span(trace, "0000000000000002", "0000000000000001", "invoke_agent A", 2, ("gen_ai.operation.name", "invoke_agent"), ("gen_ai.agent.name", "A"), ("error.type", "timeout")));
        static string Span(string trace, string id, string parent, string name, int time, params (string Key, string Value)[] attributes) => span
            .Replace("%T%", trace, StringComparison.Ordinal).Replace("%S%", id, StringComparison.Ordinal).Replace("%P%", parent, StringComparison.Ordinal)
            .Replace("%N%", name, StringComparison.Ordinal).Replace("%I%", $"{time}", StringComparison.Ordinal)
            .Replace("%A%", string.Join(',', attributes.Select(a => $$$"""{"key":"{{{a.Key}}}","value":{"stringValue":"{{{a.Value}}}"}}""")), StringComparison.Ordinal);
        static string Export(string spans) => $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{{spans}}]}]}]}""";
        string failed = Run("0a000000000000000000000000000001", "failure"), fine = Run("0a000000000000000000000000000002", "success");
        string file = await WriteAsync("otlp.json", oneObjectALine ? $"{Export(failed)}\n{Export(fine)}\n" : Export($"{failed},{fine}"));

        CliResult json = await CliProcess.RunAsync(Cancel, "attribute", file, "--format", "json");

        Assert.True(json.ExitCode == 0, json.Error);
        using JsonDocument document = JsonDocument.Parse(json.Output);
        JsonElement[] results = [.. document.RootElement.GetProperty("results").EnumerateArray()];
        Assert.Equal(["failure", "success"], results.Select(r => r.GetProperty("outcome").GetString()));
        Assert.Equal(("A", 0), Blame(results[0].GetProperty("attributed")));
        Assert.Equal(JsonValueKind.Null, results[1].GetProperty("attributed").GetProperty("agent").ValueKind);
    }

    [Fact]
    public async Task Attribute_SomeFilesAreBad_TheOthersAreAttributedAndItIs2()
    {
        string good = await WriteAsync("good.json", Log);
        string cut = await WriteAsync("cut.json", Log[..200]);
        string empty = await WriteAsync("empty.json", "");
        string other = await WriteAsync("other.json", """{"resourceSpans":[]}""");
        string missing = Path.Combine(_folder.FullName, "missing.json");

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", cut, empty, other, missing, good);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("decisive error: Hotels, step 1", result.Output, StringComparison.Ordinal);
        foreach (string file in new[] { cut, empty, other, missing })
            Assert.Contains(file, result.Error, StringComparison.Ordinal);
        Assert.Contains("cut off", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attribute_OneFolderHoldsNoLog_TheOthersAreAttributedAndItIs2()
    {
        string good = await WriteAsync("good.json", Log);
        string bare = _folder.CreateSubdirectory("bare").FullName;

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", bare, good);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("decisive error: Hotels, step 1", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{bare}: no .json file below this folder", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attribute_LastLineOfAnExportIsCutOff_TheLinesBeforeItAreAttributedAndItIs2()
    {
        const string line = """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0a000000000000000000000000000001","spanId":"0000000000000001","name":"invoke_agent A","status":{"code":2},"attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}}]}]}]}]}
            """;
        string file = await WriteAsync("export.json", $"{line}\n{line[..80]}\n{line[..90]}");

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", file);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("decisive error: A, step 0", result.Output, StringComparison.Ordinal);
        Assert.Contains($"{file}, line 2: JSON:", result.Error, StringComparison.Ordinal);
        Assert.Contains("(2 such lines)", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attribute_FileTriesToSteerTheTerminal_ItsEscapesAreTakenOutOfMessagesAndResults()
    {
        string good = await WriteAsync("\u001b[31mgood.json", Log);
        string bad = await WriteAsync("bad.json", Log.Replace("\"mistake_step\":\"1\"", "\"mistake_step\":\"\\u001b[2J\"", StringComparison.Ordinal));

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", bad, good);

        Assert.Contains("not a whole number", result.Error, StringComparison.Ordinal);
        Assert.Contains("decisive error: Hotels", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Attribute_BinarySearchWithAJudge_AsksItAndReportsWhatItCost()
    {
        string file = await WriteAsync("log.json", Log);
        await using ChatCompletionsServer server = await ChatCompletionsServer.StartAsync(_ => "lower half", Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", file, "--method", "binary-search", "--judge", "openai:test-model", "--judge-url", server.Address.ToString(), "--format", "json");

        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        JsonElement attributed = document.RootElement.GetProperty("results")[0].GetProperty("attributed");
        Assert.Equal(("Concierge", 2), Blame(attributed));
        Assert.Equal("binary-search", attributed.GetProperty("method").GetString());
        Assert.Equal((1, 7, 3), (attributed.GetProperty("cost").GetProperty("judgeCalls").GetInt32(),
            attributed.GetProperty("cost").GetProperty("inputTokens").GetInt32(), attributed.GetProperty("cost").GetProperty("outputTokens").GetInt32()));
        Assert.Equal("test-model", Assert.Single(server.Models));
    }

    [Fact]
    public async Task Attribute_JudgeIsOutOfReach_Is1AndSaysWhatToDo()
    {
        string file = await WriteAsync("log.json", Log);

        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", file, "--judge", "openai:m", "--judge-url", "http://127.0.0.1:9/v1");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Check the model's endpoint", result.Error, StringComparison.Ordinal);
    }

    private static (string?, int) Blame(JsonElement element) => (element.GetProperty("agent").GetString(), element.GetProperty("step").GetInt32());

    private async Task<string> WriteAsync(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        await File.WriteAllTextAsync(path, text, Encoding.UTF8, Cancel);
        return path;
    }
}
