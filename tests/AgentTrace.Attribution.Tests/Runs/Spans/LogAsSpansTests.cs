using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;
using AgentTrace.TestKit;
using static AgentTrace.Attribution.Tests.Runs.Spans.SpanBuilder;

namespace AgentTrace.Attribution.Tests.Runs.Spans;

/// <summary>A log and the same log sent as spans are the same run, and get the same verdict.</summary>
public sealed class LogAsSpansTests
{
    [Fact]
    public async Task Read_DevelopmentLogsAsSpans_GivesTheSameStepsAndVerdict()
    {
        if (SharedData.WhoAndWhenLogs().Count == 0)
            Assert.Skip(SharedData.Absent);

        foreach ((string path, LabeledRun log) in TestRuns.DevelopmentLogs())
        {
            AgentRun run = SpanRunReader.Read([.. Spans(log.Run).Reverse()])!;

            Assert.Equal(
                log.Run.Steps.Select(step => (step.Index, step.Agent, step.Speaker, step.Output, step.HandoffFrom, step.HandoffTo)),
                run.Steps.Select(step => (step.Index, step.Agent, step.Speaker, step.Output, step.HandoffFrom, step.HandoffTo)));
            Assert.Equal((log.Run.Task, log.Run.ExpectedAnswer, log.Run.Outcome), (run.Task, run.ExpectedAnswer, run.Outcome));
            FailureAttribution ofLog = await new StructuralAttributor().AttributeAsync(log.Run, TestContext.Current.CancellationToken);
            FailureAttribution ofSpans = await new StructuralAttributor().AttributeAsync(run, TestContext.Current.CancellationToken);
            Assert.True(ofLog.Step == ofSpans.Step && ofLog.Agent == ofSpans.Agent && ofLog.Reason == ofSpans.Reason, path);
            Assert.Equal(ofLog.Ranking, ofSpans.Ranking);
        }
    }

    private static IEnumerable<AgentSpan> Spans(AgentRun run)
    {
        yield return Root("ffff", (GenAiAttributes.InputMessages, Message("user", run.Task!)), (AgentTraceAttributes.RunExpectedAnswer, run.ExpectedAnswer),
            (AgentTraceAttributes.RunOutcome, AgentTraceAttributes.FailureOutcome));
        foreach (Step step in run.Steps)
        {
            yield return Turn($"{step.Index + 1:x}", "ffff", step.Agent, step.Index, Says(Message("assistant", step.Output)), (AgentTraceAttributes.TurnIndex, (long)step.Index),
                (AgentTraceAttributes.TurnSpeaker, step.Speaker), (AgentTraceAttributes.HandoffTo, step.HandoffTo));
        }
    }

    private static string Message(string role, string text) => $$"""[{"role":"{{role}}","parts":[{"type":"text","content":{{JsonSerializer.Serialize(text)}}}]}]""";
}
