using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Tests.Learning;

public sealed class LearnedAttributorTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A team whose checker breaks runs by approving what nobody checked, wherever in the run that is: no structural signal knows that habit.</summary>
    [Fact]
    public async Task AttributeAsync_HabitOfTheTeam_IsFoundInRunsThatWereNotLearnedFrom()
    {
        var attributor = new LearnedAttributor(RankerTrainer.Train(Enumerable.Range(0, 24).Select(Approved), Cancel));

        foreach (LabeledRun run in Enumerable.Range(24, 12).Select(Approved))
        {
            FailureAttribution verdict = await attributor.AttributeAsync(run.Run, Cancel);
            Assert.Equal(run.Label!.Step, verdict.Step);
            Assert.Equal("Checker", verdict.Agent);
            Assert.InRange(verdict.Confidence, 0.5, 25.0 / 26.0);
            Assert.Contains("24 labelled runs", verdict.Reason, StringComparison.Ordinal);
            Assert.Equal(1, verdict.Ranking.Sum(step => step.Probability), 6);
        }
    }

    [Fact]
    public async Task AttributeAsync_RunUnlikeAllThatWasLearnedFrom_IsLeftToTheSignalsAndSaysSo()
    {
        var attributor = new LearnedAttributor(TestRankers.OfScenarios);
        AgentRun foreign = TestRuns.Of([.. Enumerable.Range(0, 60).Select(i => TestRuns.Step($"agent{i}", $"```python\nprint({i})\n```"))]);

        FailureAttribution verdict = await attributor.AttributeAsync(foreign, Cancel);

        Assert.True(attributor.UnlikenessOf(foreign) > 1);
        Assert.StartsWith("The run looks unlike the 8 that the ranker was trained on", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_RunWithoutSteps_Abstains()
    {
        FailureAttribution verdict = await new LearnedAttributor(TestRankers.OfScenarios).AttributeAsync(TestRuns.Of(), Cancel);

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
    }

    [Fact]
    public void Train_SameRuns_GiveTheSameRanker_AndOthersAnother()
    {
        StepRanker one = RankerTrainer.Train(Enumerable.Range(0, 8).Select(Approved), Cancel), same = RankerTrainer.Train(Enumerable.Range(0, 8).Select(Approved), Cancel);

        Assert.Equal(one.Id, same.Id);
        Assert.NotEqual(one.Id, RankerTrainer.Train(Enumerable.Range(1, 8).Select(Approved), Cancel).Id);
        Assert.Equal((8, Enumerable.Range(0, 8).Sum(number => Approved(number).Run.Steps.Count)), (one.TrainingRuns, one.TrainingSteps));
    }

    [Fact]
    public void Train_TooFewLabels_SaysHowManyThereAreAndHowManyItTakes()
    {
        IEnumerable<LabeledRun> runs = Enumerable.Range(0, 9).Select(number => number < 4 ? Approved(number) : Approved(number) with { Label = null });

        ArgumentException e = Assert.Throws<ArgumentException>(() => RankerTrainer.Train(runs, Cancel));

        Assert.StartsWith("4 labelled runs are too few", e.Message, StringComparison.Ordinal);
        Assert.Contains("at least 5", e.Message, StringComparison.Ordinal);
    }

    private static LabeledRun Approved(int number)
    {
        int before = 1 + (number * 7 % 5), after = 1 + (number * 3 % 4);
        List<Step> steps = [.. Enumerable.Range(0, before).Select(i => TestRuns.Step(i % 2 == 0 ? "Planner" : "Writer", $"Part {i} of report {number} is planned with {i + number} rows."))];
        steps.Add(TestRuns.Step("Checker", "Approved."));
        steps.AddRange(Enumerable.Range(0, after).Select(i => TestRuns.Step(i % 2 == 0 ? "Writer" : "Planner", $"Section {i} of report {number} has {i * number} lines now.")));
        return new LabeledRun { Run = TestRuns.Of([.. steps]) with { Id = $"run {number}" }, Label = new RunLabel("Checker", before, "") };
    }
}
