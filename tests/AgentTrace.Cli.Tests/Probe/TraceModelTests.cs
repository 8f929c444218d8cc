using System.Text.Json;
using AgentTrace.TestKit;

namespace AgentTrace.Cli.Tests.Probe;

/// <summary>A trace model from the command line: learned, asked, and counted in a verdict.</summary>
[Collection(nameof(SmallModel))]
public sealed class TraceModelTests(SmallModel small)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Learn_MadeUpRuns_TheModelFindsWhereOneGoesWrongAndCountsInAVerdict()
    {
        string model = small.In("traces.safetensors");
        CliResult learned = await CliProcess.RunAsync(Cancel, "probe", "learn", "--synthetic", "400", "--most-steps", "200", "-o", model, "--format", "json");

        Assert.Equal(0, learned.ExitCode);
        Assert.Contains("nats an event of 80 others", learned.Error, StringComparison.Ordinal);
        using JsonDocument trained = JsonDocument.Parse(learned.Output);
        Assert.Equal(400, trained.RootElement.GetProperty("runs").GetInt32());
        string id = trained.RootElement.GetProperty("model").GetString()!;

        CliResult surprise = await CliProcess.RunAsync(Cancel, "probe", "surprise", model, "--synthetic", "earlyend", "--seed", "3");
        Assert.Equal(0, surprise.ExitCode);
        Assert.Contains("broken at step 1", surprise.Output, StringComparison.Ordinal);
        Assert.Matches("1 +[0-9.]+  agent_0 claims end   <- \"claims\" where \"(says|brief)\" was expected", surprise.Output);

        string run = small.In("run.json");
        await File.WriteAllTextAsync(run, """
            {"question": "What is the rule?", "ground_truth": "Four", "history": [
              {"role": "Manager", "content": "Please find out what the rule says, and where."},
              {"role": "Searcher", "content": "The rule stands in the handbook, on page four."},
              {"role": "Manager", "content": "The rule is on page four of the handbook."}]}
            """, Cancel);
        CliResult attributed = await CliProcess.RunAsync(Cancel, "attribute", run, "-m", "structural", "--failed", "--trace-model", model, "--trace-model-weight", "9", "--format", "json");
        Assert.Equal(0, attributed.ExitCode);
        Assert.Contains($"\"methodVersion\": \"2-{id}\"", attributed.Output, StringComparison.Ordinal);
        Assert.Contains("the trace model expects", attributed.Output, StringComparison.Ordinal);

        CliResult named = await CliProcess.RunAsync(Cancel, "probe", "surprise", model, run, "--format", "json");
        using JsonDocument asked = JsonDocument.Parse(named.Output);
        Assert.Equal(3, asked.RootElement.GetProperty("runs")[0].GetProperty("steps").GetArrayLength());

        CliResult pruned = await CliProcess.RunAsync(Cancel, "probe", "prune", model, "--task", "if_equals", "-o", small.In("none.json"));
        Assert.Equal(2, pruned.ExitCode);
        Assert.Contains("there are retry_after_failure, give_up", pruned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attribute_ModelOfCode_Is2AndSaysWhatItReads()
    {
        CliResult result = await CliProcess.RunAsync(Cancel, "attribute", small.In("run.json"), "--trace-model", small.Weights);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("not the events of runs", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not both", "probe", "learn", "-o", "x.safetensors")]
    [InlineData("not both", "probe", "learn", "somewhere", "--synthetic", "9", "-o", "x.safetensors")]
    [InlineData("allowed: 1 to 1000000", "probe", "learn", "--synthetic", "0", "-o", "x.safetensors")]
    [InlineData("9 runs are too few", "probe", "learn", "--synthetic", "9", "-o", "x.safetensors")]
    [InlineData("does not end in .safetensors", "probe", "learn", "--synthetic", "9", "-o", "x.bin")]
    [InlineData("at least 50 steps", "probe", "learn", "--synthetic", "90", "--most-steps", "3", "-o", "x.safetensors")]
    [InlineData("allowed: from 0 on", "attribute", "x.json", "--trace-model-weight", "-1")]
    [InlineData("leave out --trace-model", "evaluate", "DATA", "--learn-traces", "--trace-model", "MODEL")]
    public async Task Call_WordsAreOff_Is2AndSaysWhat(string message, params string[] arguments)
    {
        string data = small.In("labelled");
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "1.json"), """{"question": "q", "mistake_agent": "A", "mistake_step": "0", "history": [{"role": "A", "content": "a"}]}""", Cancel);
        string model = small.In("any.safetensors");

        CliResult result = await CliProcess.RunAsync(Cancel, [.. arguments.Select(word => word.Replace("DATA", data, StringComparison.Ordinal).Replace("MODEL", model, StringComparison.Ordinal))]);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists("x.safetensors"));
    }
}
