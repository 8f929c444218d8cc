using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BinarySearch;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests.Attributors.BinarySearch;

public sealed class BinarySearchAttributorTests
{
    [Fact]
    public async Task AttributeAsync_TruthfulJudge_EndsOnTheStepInLog2Calls()
    {
        AgentRun run = Run(11);
        for (int culprit = 0; culprit < 11; culprit++)
        {
            using ScriptedJudge judge = Truthful(culprit);

            FailureAttribution verdict = await new BinarySearchAttributor(judge).AttributeAsync(run, TestContext.Current.CancellationToken);

            Assert.Equal(culprit, verdict.Step);
            Assert.Equal($"agent{culprit}", verdict.Agent);
            Assert.InRange(judge.Asked.Count, 3, 4);
            Assert.Equal(new AttributionCost(judge.Asked.Count, 100 * judge.Asked.Count, 3 * judge.Asked.Count), verdict.Cost);
            Assert.Equal(0, judge.LastOptions!.Temperature);
        }
    }

    [Theory]
    [InlineData("Not the lower half: the UPPER HALF.", 0)]
    [InlineData("The Lower Half.", 1)]
    public async Task AttributeAsync_WordyAnswer_LooksForTheUpperHalfFirst(string answer, int step)
    {
        using ScriptedJudge judge = new((_, _) => answer);

        FailureAttribution verdict = await new BinarySearchAttributor(judge).AttributeAsync(Run(2), TestContext.Current.CancellationToken);

        Assert.Equal(step, verdict.Step);
    }

    [Fact]
    public async Task AttributeAsync_UnclearAnswers_FlipsASeededCoinAndSaysSo()
    {
        HashSet<int?> steps = [];
        for (int seed = 0; seed < 20; seed++)
        {
            BinarySearchOptions options = new() { Seed = seed };
            using ScriptedJudge judge = new((_, _) => "I cannot tell.");

            FailureAttribution first = await new BinarySearchAttributor(judge, options).AttributeAsync(Run(4), TestContext.Current.CancellationToken);
            FailureAttribution second = await new BinarySearchAttributor(judge, options).AttributeAsync(Run(4), TestContext.Current.CancellationToken);

            Assert.Equal(first.Step, second.Step);
            Assert.Contains("2 of the answers named neither half", first.Reason, StringComparison.Ordinal);
            Assert.Equal(0.25, first.Confidence, 9);
            Assert.Equal(first.Step, first.Ranking[0].Step);
            steps.Add(first.Step);
        }

        Assert.True(steps.Count > 1);
    }

    [Fact]
    public async Task AttributeAsync_DecidedAnswers_RanksByBayesRule()
    {
        using ScriptedJudge judge = Truthful(0);

        FailureAttribution verdict = await new BinarySearchAttributor(judge, new() { AnswerReliability = 0.8 }).AttributeAsync(Run(4), TestContext.Current.CancellationToken);

        // Weights: step 0 = 0.8 * 0.8, step 1 = 0.8 * 0.2, steps 2 and 3 = 0.2 * 0.5; the sum is 1.
        Assert.Equal([0, 1, 2, 3], verdict.Ranking.Select(blame => blame.Step));
        Assert.Equal([0.64, 0.16, 0.1, 0.1], verdict.Ranking.Select(blame => Math.Round(blame.Probability, 9)));
        Assert.Equal(0.64, verdict.Confidence, 9);
        Assert.Contains("[0, 3] -> [0, 1] -> [0, 0]", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, AttributionVerdict.Abstained, null)]
    [InlineData(1, AttributionVerdict.DecisiveError, 0)]
    public async Task AttributeAsync_NothingToHalve_AsksNothing(int steps, AttributionVerdict verdict, int? step)
    {
        using ScriptedJudge judge = new((_, _) => throw new InvalidOperationException("must not be asked"));

        FailureAttribution attribution = await new BinarySearchAttributor(judge).AttributeAsync(Run(steps), TestContext.Current.CancellationToken);

        Assert.Equal(verdict, attribution.Verdict);
        Assert.Equal(step, attribution.Step);
        Assert.Equal(AttributionCost.None, attribution.Cost);
    }

    [Fact]
    public async Task AttributeAsync_BudgetSpent_AbstainsWithWhatItLearned()
    {
        using ScriptedJudge judge = Truthful(6);

        FailureAttribution verdict = await new BinarySearchAttributor(judge, new() { Budget = new() { MaxCalls = 2 } }).AttributeAsync(Run(8), TestContext.Current.CancellationToken);

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Null(verdict.Step);
        Assert.Equal(2, verdict.Cost.JudgeCalls);
        Assert.Equal([6, 7], verdict.Ranking.Take(2).Select(blame => blame.Step));
    }

    [Fact]
    public async Task AttributeAsync_JudgeThrows_SaysWhatToCheck()
    {
        using ScriptedJudge judge = new((_, _) => throw new HttpRequestException("401 Unauthorized"));

        JudgeException error = await Assert.ThrowsAsync<JudgeException>(
            async () => await new BinarySearchAttributor(judge).AttributeAsync(Run(2), TestContext.Current.CancellationToken));

        Assert.Contains("401 Unauthorized", error.Message, StringComparison.Ordinal);
        Assert.Contains("Check the model's endpoint", error.Message, StringComparison.Ordinal);
        Assert.IsType<HttpRequestException>(error.InnerException);
    }

    [Fact]
    public async Task AttributeAsync_Cancelled_StopsWithoutWrapping()
    {
        using CancellationTokenSource source = new();
        using ScriptedJudge judge = new((_, _) =>
        {
            source.Cancel();
            throw new OperationCanceledException(source.Token);
        });

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await new BinarySearchAttributor(judge).AttributeAsync(Run(2), source.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await new BinarySearchAttributor(judge).AttributeAsync(Run(2), source.Token));
        Assert.Single(judge.Asked);
    }

    [Theory]
    [InlineData(0.49)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Constructor_ReliabilityOutOfRange_Throws(double reliability)
    {
        using ScriptedJudge judge = Truthful(0);

        Assert.Throws<ArgumentOutOfRangeException>(() => new BinarySearchAttributor(judge, new() { AnswerReliability = reliability }));
    }

    internal static AgentRun Run(int steps) => TestRuns.Of([.. Enumerable.Range(0, steps).Select(i => TestRuns.Step($"agent{i}", $"text of {i}"))]);

    private static ScriptedJudge Truthful(int culprit) =>
        new((start, end) => culprit <= start + ((end - start) / 2) ? "upper half" : "lower half");
}
