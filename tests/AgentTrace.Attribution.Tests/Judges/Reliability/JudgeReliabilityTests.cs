using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Judges.Simulation;
using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Tests.Attributors.BayesianSearch;

namespace AgentTrace.Attribution.Tests.Judges.Reliability;

public sealed class JudgeReliabilityTests
{
    private static readonly LabeledRun[] Runs = [.. Enumerable.Range(0, 60).Select(i => new LabeledRun
    {
        Run = BayesianSearchAttributorTests.Run(10) with { Id = $"run{i}", Task = $"task {i}" },
        Label = new RunLabel($"agent{i % 10}", i % 10, ""),
    })];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.8)]
    [InlineData(0.5)]
    [InlineData(0.2)]
    public async Task MeasureAsync_JudgeOfKnownAccuracy_ComesNearIt(double accuracy)
    {
        using SimulatedJudge judge = new(Runs, accuracy, seed: 1);

        JudgeReliability reliability = await JudgeReliability.MeasureAsync(judge, Runs, new() { JudgeName = "simulated" }, Cancel);

        Assert.Equal(60, reliability.Runs);
        foreach (AnswerCounts counts in (AnswerCounts[])[reliability.AtOrBefore, reliability.IsDecisive])
        {
            Assert.InRange(counts.ProbabilityOfYes(true), accuracy - 0.15, accuracy + 0.15);
            Assert.InRange(counts.ProbabilityOfYes(false), 1 - accuracy - 0.15, 1 - accuracy + 0.15);
        }
    }

    [Fact]
    public async Task MeasureAsync_JudgeThatSaysYesToEverything_TellsNothing()
    {
        using FixedJudge judge = new("yes");

        JudgeReliability reliability = await JudgeReliability.MeasureAsync(judge, Runs, cancellationToken: Cancel);

        Assert.InRange(reliability.IsDecisive.ProbabilityOfYes(true) - reliability.IsDecisive.ProbabilityOfYes(false), -0.05, 0.05);
    }

    [Fact]
    public void ProbabilityOfYes_FewLabels_TellLittleAndManyTellTheirRates()
    {
        AnswerCounts one = AnswerCounts.None.With(truth: true, yes: true);

        Assert.Equal(0.5, AnswerCounts.None.ProbabilityOfYes(true));
        Assert.Equal(one.ProbabilityOfYes(false), one.ProbabilityOfYes(true));
        Assert.InRange(new AnswerCounts(8, 10, 2, 10).ProbabilityOfYes(true), 0.6, 0.75);
        Assert.InRange(new AnswerCounts(800, 1000, 300, 1000).ProbabilityOfYes(true), 0.795, 0.8);
        Assert.InRange(new AnswerCounts(800, 1000, 300, 1000).ProbabilityOfYes(false), 0.3, 0.305);
        Assert.Equal(new AnswerCounts(52, 100, 49, 100).ProbabilityOfYes(false), new AnswerCounts(52, 100, 49, 100).ProbabilityOfYes(true));
    }

    [Fact]
    public void Json_WrittenAndRead_IsTheSame()
    {
        JudgeReliability reliability = new() { AtOrBefore = new(3, 4, 1, 5), IsDecisive = new(2, 2, 0, 9), Judge = "a \"model\"", Runs = 9 };

        Assert.Equal(reliability, JudgeReliability.FromJson(reliability.ToJson()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":\"agenttrace.judge-reliability\",\"version\":99}")]
    [InlineData("{\"format\":\"agenttrace.judge-reliability\",\"version\":1,\"runs\":1,\"atOrBefore\":{\"yesWhenTrue\":5,\"whenTrue\":1,\"yesWhenFalse\":0,\"whenFalse\":0},\"isDecisive\":{\"yesWhenTrue\":0,\"whenTrue\":0,\"yesWhenFalse\":0,\"whenFalse\":0}}")]
    [InlineData("{\"format\":\"agenttrace.judge-reliability\",\"version\":1,\"runs\":1,\"atOrBefore\":{\"yesWhenTrue\":-1,\"whenTrue\":1,\"yesWhenFalse\":0,\"whenFalse\":0},\"isDecisive\":7}")]
    public void FromJson_SomethingElse_SaysSo(string json) => Assert.Throws<FormatException>(() => JudgeReliability.FromJson(json));
}
