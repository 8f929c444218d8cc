using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Spectrum;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Tests.Attributors.BayesianSearch;

namespace AgentTrace.Attribution.Tests.Attributors;

public sealed class PaperMethodTests
{
    private static readonly AgentRun Run = BayesianSearchAttributorTests.Run(6) with { ExpectedAnswer = "FORTY-TWO" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("all-at-once")]
    [InlineData("step-by-step")]
    [InlineData("binary-search")]
    [InlineData("hybrid")]
    [InlineData("single-call")]
    [InlineData("judge-and-check")]
    [InlineData("bayesian-search")]
    public async Task AttributeAsync_GroundTruth_IsShownOnlyWhereItIsAskedFor(string method)
    {
        foreach (bool use in (bool[])[true, false])
        {
            using FixedJudge judge = new("no");
            await AttributorCatalog.Create(method, new() { Judge = judge, Options = new() { UseGroundTruth = use } }).AttributeAsync(Run, Cancel);

            Assert.NotEmpty(judge.Prompts);
            Assert.All(judge.Prompts, prompt => Assert.Equal(use, prompt.Contains("FORTY-TWO", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("Agent Name: agent3\nStep Number: 3\nReason: it lied", 3, "agent3", AttributionVerdict.DecisiveError)]
    [InlineData("**Agent Name:** AGENT1\n**Step Number:** 3\nReason: it lied", 3, "agent1", AttributionVerdict.DecisiveError)]
    [InlineData("Agent Name: somebody\nStep Number: 3\nReason: it lied", 3, "agent3", AttributionVerdict.DecisiveError)]
    [InlineData("Agent Name: agent3\nStep Number: 6\nReason: it lied", null, null, AttributionVerdict.Abstained)]
    [InlineData("Agent Name: None\nStep Number: N/A\nReason: all well", null, null, AttributionVerdict.NoAgentAtFault)]
    [InlineData("It was agent3 in step 3", null, null, AttributionVerdict.Abstained)]
    public async Task AllAtOnce_Answer_IsCheckedAgainstTheRun(string answer, int? step, string? agent, AttributionVerdict expected)
    {
        FailureAttribution verdict = await AttributeAsync("all-at-once", new FixedJudge(answer));

        Assert.Equal((expected, step, agent), (verdict.Verdict, verdict.Step, verdict.Agent));
        Assert.Equal(1, verdict.Cost.JudgeCalls);
    }

    [Fact]
    public async Task StepByStep_FirstYes_StopsAndShowsNothingLater()
    {
        using FixedJudge judge = new(prompt => prompt.Contains("The last step shown is step 2", StringComparison.Ordinal) ? "1. Yes\n2. Reason: made up" : "1. No\n2. Reason: fine");

        FailureAttribution verdict = await AttributeAsync("step-by-step", judge);

        Assert.Equal(2, verdict.Step);
        Assert.Contains("made up", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(3, judge.Prompts.Count);
        Assert.DoesNotContain("step 3 |", judge.Prompts[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepByStep_NoYes_MakesNoPrediction()
    {
        FailureAttribution verdict = await AttributeAsync("step-by-step", new FixedJudge("1. No\n2. Reason: fine"));

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Equal(6, verdict.Cost.JudgeCalls);
    }

    [Fact]
    public async Task Hybrid_AgentNamed_AsksAboutItsStepsAlone()
    {
        AgentRun run = TestRuns.Of(TestRuns.Step("a", "1"), TestRuns.Step("b", "2"), TestRuns.Step("a", "3"), TestRuns.Step("b", "4"));
        using FixedJudge judge = new(prompt => prompt.Contains("Agent Name:", StringComparison.Ordinal) ? "Agent Name: b\nStep Number: 0\nReason: x"
            : prompt.Contains("is step 3 of b", StringComparison.Ordinal) ? "1. Yes" : "1. No");

        FailureAttribution verdict = await AttributorCatalog.Create("hybrid", new() { Judge = judge }).AttributeAsync(run, Cancel);

        Assert.Equal((3, "b", 3), (verdict.Step, verdict.Agent, verdict.Cost.JudgeCalls));
    }

    [Theory]
    [InlineData("{\"step\": 2, \"agent\": \"agent2\", \"cause\": \"a guess\"}", 2, AttributionVerdict.DecisiveError)]
    [InlineData("```json\n{\"step\": 2, \"agent\": \"agent2\"}\n```", 2, AttributionVerdict.DecisiveError)]
    [InlineData("{\"step\": 2, \"agent\": \"agent5\"}", null, AttributionVerdict.Abstained)]
    [InlineData("{\"step\": 6, \"agent\": \"agent5\"}", null, AttributionVerdict.Abstained)]
    [InlineData("{\"step\": \"2\", \"agent\": \"agent2\"}", null, AttributionVerdict.Abstained)]
    [InlineData("The answer is {\"step\": 2, \"agent\": \"agent2\"}", null, AttributionVerdict.Abstained)]
    [InlineData("{\"step\": null, \"agent\": null, \"cause\": \"the site was down\"}", null, AttributionVerdict.NoAgentAtFault)]
    public async Task SingleCall_Answer_CountsOnlyWhenTheRunHasThatStepByThatAgent(string answer, int? step, AttributionVerdict expected)
    {
        FailureAttribution verdict = await AttributeAsync("single-call", new FixedJudge(answer));

        Assert.Equal((expected, step), (verdict.Verdict, verdict.Step));
        Assert.Equal(1, verdict.Cost.JudgeCalls);
    }

    [Fact]
    public async Task JudgeAndCheck_FirstProposalFailsACheck_FeedsThatBackAndTakesTheSecond()
    {
        using FixedJudge judge = new(prompt =>
            prompt.Contains("was proposed before", StringComparison.Ordinal) ? "{\"step\": 2, \"agent\": \"agent2\"}"
            : prompt.Contains("JSON", StringComparison.Ordinal) ? "{\"step\": 4, \"agent\": \"agent4\"}"
            : prompt.Contains("Is step 4 of agent4 the first", StringComparison.Ordinal) ? "no" : "yes");

        FailureAttribution verdict = await AttributeAsync("judge-and-check", judge);

        Assert.Equal(2, verdict.Step);
        Assert.Equal(8, verdict.Cost.JudgeCalls);
        Assert.Contains("it was not found to be the first with that fault", judge.Prompts[4], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("all-at-once")]
    [InlineData("step-by-step")]
    [InlineData("hybrid")]
    [InlineData("single-call")]
    [InlineData("judge-and-check")]
    public async Task AttributeAsync_NoBudgetAtAll_AbstainsAndAsksNothing(string method)
    {
        using FixedJudge judge = new("yes");

        FailureAttribution verdict = await AttributorCatalog.Create(method, new() { Judge = judge, Options = new() { Budget = new() { MaxCalls = 0 } } }).AttributeAsync(Run, Cancel);

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Empty(judge.Prompts);
        Assert.Contains("budget", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spectrum_ActionThatOnlyFailedRunsHave_IsNamedAtItsFirstOccurrence()
    {
        AgentRun Make(string id, RunOutcome outcome, params string[] tools) => TestRuns.Of([TestRuns.Step("lead", "Let us begin"), .. tools.Select(tool => TestRuns.Step("worker", "", TestRuns.Call(tool, "{}")))]) with { Id = id, Outcome = outcome };
        AgentRun failed = Make("f1", RunOutcome.Failure, "search", "guess", "guess", "report");
        AgentRun[] others = [Make("f2", RunOutcome.Failure, "search", "guess", "report"), Make("p1", RunOutcome.Success, "search", "read", "report"), Make("p2", RunOutcome.Success, "search", "read", "report"), Make("x", RunOutcome.Unknown, "guess")];

        FailureAttribution verdict = await new SpectrumAttributor(others).AttributeAsync(failed, Cancel);

        Assert.Equal((2, "worker"), (verdict.Step, verdict.Agent));
        Assert.Contains("(calls guess) occurs in 2 of 2 failed and 0 of 2 passed runs", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(1, verdict.Ranking.Sum(blame => blame.Probability), 9);
    }

    [Fact]
    public async Task Spectrum_NoRunOfTheScenario_Abstains()
    {
        FailureAttribution verdict = await new SpectrumAttributor([Run with { Id = "other", Task = "another task", Outcome = RunOutcome.Success }]).AttributeAsync(Run, Cancel);

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Contains("no other run of this scenario", verdict.Reason, StringComparison.Ordinal);
    }

    private static async Task<FailureAttribution> AttributeAsync(string method, FixedJudge judge)
    {
        using (judge)
            return await AttributorCatalog.Create(method, new() { Judge = judge }).AttributeAsync(Run, Cancel);
    }
}
