using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Conventions;
using static AgentTrace.Attribution.Tests.Runs.Spans.SpanBuilder;

namespace AgentTrace.Attribution.Tests.Runs.Spans;

public sealed class OutcomeReaderTests
{
    [Fact]
    public void Read_RootIsAnError_IsAFailureWithItsMessage()
    {
        AgentRun run = Read(Root() with { Status = SpanStatus.Error, StatusMessage = "no seat left" }, Turn("2", "1", "A", 1));

        Assert.Equal(RunOutcome.Failure, run.Outcome);
        Assert.Contains("no seat left", run.OutcomeReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WorkflowUnderAWebRequestIsAnError_IsAFailure() =>
        Assert.Equal(RunOutcome.Failure, Read(Span("9", null, "POST", "/trips", 0), Root() with { ParentSpanId = "9".PadLeft(16, '0'), Status = SpanStatus.Error }).Outcome);

    [Fact]
    public void Read_TurnIsAnError_SaysNothingOfTheRun() =>
        Assert.Equal(RunOutcome.Unknown, Read(Root(), Turn("2", "1", "A", 1) with { Status = SpanStatus.Error }).Outcome);

    [Theory]
    [InlineData("failure", RunOutcome.Failure)]
    [InlineData("success", RunOutcome.Success)]
    [InlineData("perhaps", RunOutcome.Unknown)]
    public void Read_OutcomeAttribute_Decides(string outcome, RunOutcome expected)
    {
        AgentRun run = Read(Root("1", (AgentTraceAttributes.RunOutcome, outcome), (AgentTraceAttributes.RunOutcomeReason, "because")));

        Assert.Equal(expected, run.Outcome);
        Assert.Equal(expected == RunOutcome.Unknown ? null : "because", run.OutcomeReason);
    }

    [Theory]
    [InlineData("fail", RunOutcome.Failure)]
    [InlineData("Failed", RunOutcome.Failure)]
    [InlineData("failure", RunOutcome.Failure)]
    [InlineData("incorrect", RunOutcome.Failure)]
    [InlineData("pass", RunOutcome.Success)]
    [InlineData("meh", RunOutcome.Unknown)]
    public void Read_EvaluationOnAnySpan_Decides(string label, RunOutcome expected) =>
        Assert.Equal(expected, Read(Root(), Turn("2", "1", "A", 1) with { Events = [Evaluation("accuracy", label)] }).Outcome);

    [Fact]
    public void Read_OneFailedEvaluationAmongPassed_IsAFailure() =>
        Assert.Equal(RunOutcome.Failure, Read(Root() with { Events = [Evaluation("style", "pass"), Evaluation("accuracy", "fail")] }).Outcome);

    [Fact]
    public void Read_EvaluationThatIsAnAttribution_IsPassedOver() =>
        Assert.Equal(RunOutcome.Unknown, Read(Root() with { Events = [Evaluation("failure_attribution", "fail")] }).Outcome);

    private static AgentSpanEvent Evaluation(string name, string label) => new(GenAiAttributes.EvaluationResultEvent, new Dictionary<string, object?>
    {
        [GenAiAttributes.EvaluationName] = name,
        [GenAiAttributes.EvaluationScoreLabel] = label,
    });
}
