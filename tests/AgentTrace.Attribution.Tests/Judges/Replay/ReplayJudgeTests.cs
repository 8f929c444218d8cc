using System.Text.Json;
using System.Text.RegularExpressions;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Judges.Replay;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Judges.Replay;

/// <summary>The recorded answers of a real model, given to our methods by the replaying judge.</summary>
public sealed partial class ReplayJudgeTests(ITestOutputHelper output)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("algorithm-generated", 88, "binary-search", "binary_search.json", 88)]
    [InlineData("hand-crafted", 41, "binary-search", "binary_search.json", 41)]
    [InlineData("algorithm-generated", 88, "step-by-step", "step_by_step.json", 88)]
    [InlineData("hand-crafted", 41, "step-by-step", "step_by_step.json", 40)] // log 22 was not recorded
    [InlineData("algorithm-generated", 88, "all-at-once", "all_at_once.json", 88)]
    [InlineData("hand-crafted", 41, "all-at-once", "all_at_once.json", 41)]
    public async Task Replay_RecordedAnswers_SameCallsInTheSameOrderAndTheRecordedPrediction(string part, int logs, string method, string file, int recordings)
    {
        if (SharedData.Folder("recorded-judge", "qwen2.5-72b") is not { } folder)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        using JsonDocument recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, part, file), Cancel));
        using TemporaryFolder copy = new();
        using ReplayJudge replay = new(folder);
        IReadOnlyList<(string Path, LabeledRun Run)> runs = TestRuns.DevelopmentLogs(part);
        int agents = 0, steps = 0, done = 0;
        foreach ((string path, LabeledRun labeled) in runs)
        {
            string log = Path.GetFileNameWithoutExtension(path);
            if (!recorded.RootElement.TryGetProperty(log, out JsonElement expected))
                continue;
            string asked = Path.Combine(copy.Path, log);
            FailureAttribution verdict;
            using (RecordingJudge recording = new(replay, asked))
                verdict = await AttributorCatalog.Create(method, new() { Judge = recording }).AttributeAsync(labeled.Run, Cancel);

            Assert.Equal(Calls(expected, labeled.Run.Steps.Count - 1), Asked(asked));
            AssertPrediction(expected, verdict, labeled.Run, path);
            done++;
            agents += StrictScore.AgentIsRight(verdict, labeled.Label!) ? 1 : 0;
            steps += StrictScore.StepIsRight(verdict, labeled.Label!) ? 1 : 0;
        }

        output.WriteLine($"{method}, {part}: {done} logs as recorded; right: agent {100.0 * agents / done:F1} %, step {100.0 * steps / done:F1} %");
        Assert.Equal(logs, runs.Count);
        Assert.Equal(recordings, done);
    }

    [Fact]
    public async Task Recording_Replayed_GivesTheSameVerdictWithoutTheModel()
    {
        using TemporaryFolder folder = new();
        AgentRun run = TestRuns.Of([.. Enumerable.Range(0, 6).Select(i => TestRuns.Step($"agent{i}", $"text {i}"))]);
        FailureAttribution first;
        using (RecordingJudge recording = new(new FixedJudge("lower half"), folder.Path))
            first = await AttributorCatalog.Create("binary-search", new() { Judge = recording }).AttributeAsync(run, Cancel);

        using ReplayJudge replay = new(folder.Path);
        FailureAttribution second = await AttributorCatalog.Create("binary-search", new() { Judge = replay }).AttributeAsync(run, Cancel);

        Assert.Equal(5, first.Step);
        Assert.Equal(first.Step, second.Step);
        JudgeException error = await Assert.ThrowsAsync<JudgeException>(
            async () => await AttributorCatalog.Create("all-at-once", new() { Judge = replay }).AttributeAsync(run, Cancel));
        Assert.Contains("holds no answer to \"WholeRun 0-5\" of all-at-once", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_DamagedLine_IsNamed()
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "answers.jsonl"), "{\"run\":\"x\",\"method\":\"m\",\"question\":\"q\",\"answer\":\"a\"}\n{\"run\":", Cancel);

        FormatException error = Assert.Throws<FormatException>(() => new ReplayJudge(folder.Path));

        Assert.Contains("answers.jsonl, line 2", error.Message, StringComparison.Ordinal);
    }

    private static string[] Calls(JsonElement expected, int last) => expected.TryGetProperty("calls", out JsonElement calls)
        ? [.. calls.EnumerateArray().Select(call => call.TryGetProperty("start", out JsonElement start)
            ? $"WhichHalf {start.GetInt32()}-{call.GetProperty("end").GetInt32()}"
            : $"ErrorInStep {call.GetProperty("step").GetInt32()}-{call.GetProperty("step").GetInt32()}")]
        : [$"WholeRun 0-{last}"];

    private static string[] Asked(string folder) =>
        [.. File.ReadLines(Path.Combine(folder, "answers.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question").GetString()!)];

    private static void AssertPrediction(JsonElement expected, FailureAttribution verdict, AgentRun run, string path)
    {
        if (expected.TryGetProperty("prediction", out JsonElement prediction))
        {
            Assert.Equal(prediction.ValueKind == JsonValueKind.Null ? null : prediction.GetProperty("step").GetInt32(), verdict.Step);
            if (verdict.Step is not null)
                Assert.True(StrictScore.SameAgent(verdict.Agent, prediction.GetProperty("agent").GetString()!), path);
            return;
        }

        // All-at-Once was recorded as the answer alone: the prediction is what stands in it.
        string answer = expected.GetProperty("answer").GetString()!;
        Match said = Prediction().Match(answer);
        int? step = said.Success && int.Parse(said.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) is var n && n < run.Steps.Count ? n : null;
        Assert.Equal(step, verdict.Step);
        bool isAgent = said.Success && run.Steps.Any(other => StrictScore.SameAgent(other.Agent, said.Groups[1].Value));
        if (step is not null)
            Assert.True(StrictScore.SameAgent(verdict.Agent, isAgent ? said.Groups[1].Value : run.Steps[step.Value].Agent), path);
        Assert.Equal(answer.StartsWith("Agent Name: None", StringComparison.Ordinal), verdict.Verdict == AttributionVerdict.NoAgentAtFault);
    }

    [GeneratedRegex(@"^Agent Name: (.*)\nStep Number: (\d+)")]
    private static partial Regex Prediction();
}
