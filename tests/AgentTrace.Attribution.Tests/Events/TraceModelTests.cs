using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.Conventions;
using static AgentTrace.Attribution.Tests.TestRuns;

namespace AgentTrace.Attribution.Tests.Events;

/// <summary>What a trace model did not expect counts in the methods without a judge.</summary>
public sealed class TraceModelTests
{
    private static readonly AgentRun s_run = Of(
        Step("Planner", "Find the rule, then the flight."),
        Step("Policy", "The rule is in the handbook, page four."),
        Step("Flights", "ok"),
        Step("Planner", "Take the morning flight and keep to the rule."));

    [Fact]
    public async Task AttributeAsync_OneStepWasNotExpected_IsBlamedAndTheReasonSaysWhatWas()
    {
        var model = new Expecting(RunEventWords.Brief, nats: 9);

        FailureAttribution verdict = await new StructuralAttributor(model, weight: 4).AttributeAsync(s_run, TestContext.Current.CancellationToken);

        Assert.Equal(2, verdict.Step);
        Assert.Equal("2-expecting", verdict.MethodVersion);
        Assert.Contains("the trace model expects \"retry\" (75 %), and \"brief\" came (under 0.1 %)", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("after \"says agent_1 says agent_2\"", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_LittleSurprise_IsNotWorthAWord()
    {
        var model = new Expecting(RunEventWords.Brief, nats: 1);

        FailureAttribution verdict = await new StructuralAttributor(model).AttributeAsync(s_run, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("trace model", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_Learned_CountsItBesideTheRankerAndSaysSo()
    {
        AgentRun run = Of(
            Step("Planner", "Please look into part 1 of the question."),
            Step("Searcher", "I will look for it.", Call("search", """{"q":"part 1"}""", "A list.")),
            Step("Searcher", "I assume that all 3 of them are open, without checking."),
            Step("Writer", "ok"),
            Step("Planner", "The table has 3 rows."));
        var without = new LearnedAttributor(TestRankers.OfScenarios);
        var with = new LearnedAttributor(TestRankers.OfScenarios, new Expecting(RunEventWords.Brief, nats: 9), weight: 40);

        FailureAttribution before = await without.AttributeAsync(run, TestContext.Current.CancellationToken);
        FailureAttribution after = await with.AttributeAsync(run, TestContext.Current.CancellationToken);

        Assert.NotEqual(3, before.Step);
        Assert.Equal(3, after.Step);
        Assert.Contains("the trace model expects", after.Reason, StringComparison.Ordinal);
        Assert.EndsWith("-expecting", after.MethodVersion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributeAsync_ModelJudgesOtherEventsThanItWasGiven_Throws() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await new StructuralAttributor(new Silent()).AttributeAsync(s_run, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Constructor_WeightIsOff_Throws(double weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new StructuralAttributor(new Silent(), weight));

    [Theory]
    [InlineData("structural")]
    [InlineData("learned")]
    public async Task Create_ContextHasATraceModel_TheMethodHasIt(string method)
    {
        var context = new AttributorContext { TraceModel = new Expecting(RunEventWords.Brief, nats: 9), TraceModelWeight = 40, Ranker = TestRankers.OfScenarios };

        FailureAttribution verdict = await AttributorCatalog.Create(method, context).AttributeAsync(s_run, TestContext.Current.CancellationToken);

        Assert.Equal(2, verdict.Step);
        Assert.EndsWith("-expecting", verdict.MethodVersion, StringComparison.Ordinal);
    }

    /// <summary>Expects everything but one word.</summary>
    private sealed class Expecting(string unexpected, double nats) : ITraceModel
    {
        public string Id => "expecting";

        public IReadOnlyList<EventSurprise> Read(IReadOnlyList<string> words) =>
            [.. words.Select(word => word == unexpected ? new EventSurprise(nats, RunEventWords.Retry, 0.75) : new EventSurprise(0.01, word, 0.99))];
    }

    private sealed class Silent : ITraceModel
    {
        public string Id => "silent";

        public IReadOnlyList<EventSurprise> Read(IReadOnlyList<string> words) => [];
    }
}
