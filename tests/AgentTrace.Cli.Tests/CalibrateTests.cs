using System.Text.Json;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests;

public sealed class CalibrateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-calibrate-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Calibrate_SimulatedJudge_WritesAReliabilityThatAttributeReads()
    {
        for (int i = 0; i < 12; i++)
            await File.WriteAllTextAsync(In($"runs{i}.json"), Log(i), Cancel);
        string reliability = In("judge.reliability");

        CliResult calibrated = await CliProcess.RunAsync(Cancel, "calibrate", _folder.FullName, "--judge", "simulated:1", "-o", reliability);
        await using ChatCompletionsServer server = await ChatCompletionsServer.StartAsync(_ => "yes", Cancel);
        CliResult attributed = await CliProcess.RunAsync(Cancel,
            "attribute", In("runs0.json"), "--judge", "openai:m", "--judge-url", server.Address.ToString(), "--reliability", reliability, "--max-calls", "1", "--record", In("recording"), "--format", "json");
        CliResult replayed = await CliProcess.RunAsync(Cancel,
            "attribute", In("runs0.json"), "--judge", $"replay:{In("recording")}", "--reliability", reliability, "--max-calls", "1", "--format", "json");

        Assert.True(calibrated.ExitCode == 0, calibrated.Error);
        Assert.Contains("simulated:1 on 12 runs", calibrated.Output, StringComparison.Ordinal);
        Assert.True(attributed.ExitCode == 0, attributed.Error);
        Assert.Equal("bayesian-search", Attributed(attributed).GetProperty("method").GetString());
        Assert.DoesNotContain("not measured", Attributed(attributed).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.True(replayed.ExitCode == 0, replayed.Error);
        Assert.Equal(Attributed(attributed).GetProperty("step").GetInt32(), Attributed(replayed).GetProperty("step").GetInt32());
    }

    [Theory]
    [InlineData("calibrate needs --judge")]
    [InlineData("belong together", "--judge", "simulated:0.8", "--price-in", "1")]
    [InlineData("names no judge", "--judge", "oracle")]
    public async Task Calibrate_WordsAreOff_Is2AndSaysWhatToDo(string hint, params string[] options)
    {
        await File.WriteAllTextAsync(In("run.json"), Log(0), Cancel);

        CliResult result = await CliProcess.RunAsync(Cancel, ["calibrate", _folder.FullName, "-o", In("out"), .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(hint, result.Error, StringComparison.Ordinal);
    }

    private static JsonElement Attributed(CliResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("results")[0].GetProperty("attributed");

    private static string Log(int i) => $$"""
        {"question":"Book room {{i}}.","question_ID":"room{{i}}","is_correct":false,"mistake_agent":"Hotels","mistake_step":"{{i % 4}}",
         "history":[{"role":"user","name":"Hotels","content":"A"},{"role":"user","name":"Hotels","content":"B"},{"role":"user","name":"Hotels","content":"C"},{"role":"user","name":"Hotels","content":"D"}]}
        """;

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
