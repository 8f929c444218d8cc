using System.Globalization;
using System.Text.RegularExpressions;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Judges.Budgets;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests.Attributors.BayesianSearch;

public sealed partial class BayesianSearchAttributorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AttributeAsync_TrustedTruthfulJudge_FindsEveryStep()
    {
        AgentRun run = Run(12);
        for (int culprit = 0; culprit < 12; culprit++)
        {
            using FixedJudge judge = Truthful(culprit);

            FailureAttribution verdict = await Search(judge, 0.95).AttributeAsync(run, Cancel);

            Assert.Equal(culprit, verdict.Step);
            Assert.Equal($"agent{culprit}", verdict.Agent);
            Assert.InRange(verdict.Confidence, 0.8, 1);
            Assert.InRange(verdict.Cost.JudgeCalls, 1, 8);
            Assert.Equal(judge.Prompts.Count, judge.Prompts.Distinct().Count());
        }
    }

    [Fact]
    public async Task AttributeAsync_JudgeThatIsAlwaysWrong_IsAsGoodAsOneThatIsAlwaysRight()
    {
        using FixedJudge liar = new(prompt => Truth(prompt, 3) ? "no" : "yes");

        FailureAttribution verdict = await Search(liar, 0.05).AttributeAsync(Run(12), Cancel);

        Assert.Equal(3, verdict.Step);
    }

    [Fact]
    public async Task AttributeAsync_JudgeAtChance_IsNotAskedAndThePriorStands()
    {
        using FixedJudge judge = new("yes");

        FailureAttribution verdict = await Search(judge, 0.5, likely: 7).AttributeAsync(Run(12), Cancel);

        Assert.Equal(7, verdict.Step);
        Assert.Empty(judge.Prompts);
    }

    [Theory]
    [InlineData("Yes, surely.", true)]
    [InlineData("**No**", true)]
    [InlineData("It could be.", false)]
    [InlineData("Nothing in the log says so. yes", false)]
    [InlineData("", false)]
    public async Task AttributeAsync_AnswerThatIsNeitherYesNorNo_ChangesNothingAndIsSaid(string answer, bool isAnswer)
    {
        using FixedJudge judge = new(answer);

        FailureAttribution verdict = await Search(judge, 0.8, likely: 7).AttributeAsync(Run(12), Cancel);

        Assert.Equal(isAnswer, !verdict.Reason.Contains("neither yes nor no", StringComparison.Ordinal));
        if (!isAnswer)
            Assert.Equal(7, verdict.Step);
    }

    [Fact]
    public async Task AttributeAsync_BudgetOfTokens_StopsBeforeItIsPassed()
    {
        using FixedJudge judge = Truthful(3, tokens: 1);
        BayesianSearchOptions options = new() { Budget = new() { MaxTokens = 2_000 } };

        FailureAttribution verdict = await Search(judge, 0.7, options: options).AttributeAsync(Run(30, 1_000), Cancel);

        Assert.Contains("The budget was spent", verdict.Reason, StringComparison.Ordinal);
        Assert.Equal(AttributionVerdict.DecisiveError, verdict.Verdict);
    }

    [Fact]
    public async Task AttributeAsync_BudgetOfMoney_IsReportedAndKept()
    {
        using FixedJudge judge = Truthful(3, tokens: 1_000_000);
        BayesianSearchOptions options = new() { Budget = new() { MaxCost = 6, Prices = new JudgePrices(1, 2) } };

        FailureAttribution verdict = await Search(judge, 0.7, options: options).AttributeAsync(Run(30), Cancel);

        // One call costs 3: after two the money is spent.
        Assert.Equal(2, verdict.Cost.JudgeCalls);
        Assert.Equal(6m, verdict.Cost.Money);
        Assert.False(verdict.Cost.IsEstimated);
    }

    [Fact]
    public async Task AttributeAsync_NobodyLikelierThanAnyStep_SaysNoAgentIsAtFault()
    {
        using FixedJudge judge = new("no");
        BayesianSearchOptions options = new() { NoAgentAtFaultPrior = 0.3 };

        FailureAttribution verdict = await Search(judge, 0.9, options: options).AttributeAsync(Run(6), Cancel);

        Assert.Equal(AttributionVerdict.NoAgentAtFault, verdict.Verdict);
        Assert.Null(verdict.Step);
    }

    [Fact]
    public async Task AttributeAsync_LessProbableThanAskedFor_Abstains()
    {
        using FixedJudge judge = new("I cannot tell");

        FailureAttribution verdict = await Search(judge, 0.8, options: new() { AbstainBelow = 0.6 }).AttributeAsync(Run(8), Cancel);

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Equal(8, verdict.Ranking.Count);
    }

    internal static AgentRun Run(int steps, int characters = 10) =>
        TestRuns.Of([.. Enumerable.Range(0, steps).Select(i => TestRuns.Step($"agent{i}", new string('x', characters)))]);

    private static BayesianSearchAttributor Search(FixedJudge judge, double accuracy, int? likely = null, BayesianSearchOptions? options = null) =>
        new(judge, new FixedPrior(likely), JudgeReliability.Assumed(accuracy), options);

    private static FixedJudge Truthful(int culprit, long? tokens = null) => new(prompt => Truth(prompt, culprit) ? "yes" : "no", tokens);

    private static bool Truth(string prompt, int culprit)
    {
        Match border = AtOrBefore().Match(prompt);
        return border.Success
            ? culprit <= int.Parse(border.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : culprit == int.Parse(IsStep().Match(prompt).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"in one of the steps 0 to (\d+), rather")]
    private static partial Regex AtOrBefore();

    [GeneratedRegex(@"Is step (\d+) of \w+ the decisive error\?")]
    private static partial Regex IsStep();

    /// <summary>All steps alike, or one twice as likely as all others together.</summary>
    private sealed class FixedPrior(int? likely) : IFailureAttributor
    {
        public string Method => "fixed";

        public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default) => ValueTask.FromResult(new FailureAttribution
        {
            Method = Method,
            MethodVersion = "1",
            Verdict = AttributionVerdict.DecisiveError,
            Reason = "fixed",
            Ranking = [.. run.Steps.Select(step => new StepBlame(step.Index, step.Agent, likely is null ? 1.0 / run.Steps.Count : step.Index == likely ? 0.67 : 0.33 / (run.Steps.Count - 1)))],
        });
    }
}
