using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Evaluation;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Attributors.BinarySearch;

public sealed class RecordedJudgeTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("algorithm-generated", 88)]
    [InlineData("hand-crafted", 41)]
    public async Task AttributeAsync_RecordedAnswers_AsksTheRecordedSegmentsAndEndsOnTheRecordedStep(string part, int count)
    {
        if (SharedData.Folder("recorded-judge", "qwen2.5-72b", part) is not { } folder)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        using JsonDocument recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "binary_search.json"), TestContext.Current.CancellationToken));
        int calls = 0, agentsRight = 0, stepsRight = 0, inSegment = 0, rightHalf = 0;
        double confidence = 0;
        IReadOnlyList<(string Path, LabeledRun Run)> logs = TestRuns.DevelopmentLogs(part);
        foreach ((string path, LabeledRun labeled) in logs)
        {
            JsonElement expected = recorded.RootElement.GetProperty(Path.GetFileNameWithoutExtension(path));
            JsonElement[] expectedCalls = [.. expected.GetProperty("calls").EnumerateArray()];
            int next = 0;
            using ScriptedJudge judge = new((_, _) => expectedCalls[next++].GetProperty("answer").GetString()!);

            FailureAttribution verdict = await new BinarySearchAttributor(judge).AttributeAsync(labeled.Run, TestContext.Current.CancellationToken);

            Assert.Equal(expectedCalls.Select(call => (call.GetProperty("start").GetInt32(), call.GetProperty("end").GetInt32())), judge.Asked);
            JsonElement prediction = expected.GetProperty("prediction");
            Assert.Equal(prediction.GetProperty("step").GetInt32(), verdict.Step);
            Assert.True(StrictScore.SameAgent(verdict.Agent, prediction.GetProperty("agent").GetString()!), path);
            Assert.Equal(verdict.Step, verdict.Ranking[0].Step);
            foreach ((int start, int end) in judge.Asked.Where(asked => asked.Start <= labeled.Label!.Step && labeled.Label.Step <= asked.End))
            {
                bool upper = expectedCalls.Single(call => call.GetProperty("start").GetInt32() == start && call.GetProperty("end").GetInt32() == end)
                    .GetProperty("answer").GetString()!.Contains("upper half", StringComparison.OrdinalIgnoreCase);
                inSegment++;
                rightHalf += upper == (labeled.Label!.Step <= start + ((end - start) / 2)) ? 1 : 0;
            }

            confidence += verdict.Confidence;
            calls += verdict.Cost.JudgeCalls;
            agentsRight += StrictScore.AgentIsRight(verdict, labeled.Label!) ? 1 : 0;
            stepsRight += StrictScore.StepIsRight(verdict, labeled.Label!) ? 1 : 0;
        }

        output.WriteLine($"{part}: {logs.Count} logs, {calls} calls asked as recorded; right: agent {100.0 * agentsRight / logs.Count:F1} %, step {100.0 * stepsRight / logs.Count:F1} %");
        output.WriteLine($"{part}: {rightHalf} of the {inSegment} answers about a segment that holds the error name its half ({100.0 * rightHalf / inSegment:F1} %); mean confidence {100 * confidence / logs.Count:F1} %");
        Assert.Equal(count, logs.Count);
    }
}
