using AgentTrace.Attribution.Attributors;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Attribution;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

public sealed class AttributionBudgetTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HourlyBudgetIsSpent_RunsGetTheStructuralVerdictUntilTheHourIsOver()
    {
        var judge = new CostlyAttributor();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(With(judge, new() { MaxTokensPerHour = 1500, Concurrency = 1 }));

        string[] methods = [await MethodOfAsync(runs, 1), await MethodOfAsync(runs, 2), await MethodOfAsync(runs, 3)];
        runs.Clock.Advance(TimeSpan.FromHours(1));
        string later = await MethodOfAsync(runs, 4);

        Assert.Equal(["costly", "costly", "structural"], methods);
        Assert.Equal("costly", later);
        Assert.Contains("the budget of 1500 tokens an hour is spent", runs.Host.Runs.Find(new TestTrace(3).TraceIdHex)!.Attribution!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttributionTakesTooLong_TheStructuralVerdictIsGiven()
    {
        var judge = new StuckAttributor();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(With(judge, new() { Timeout = TimeSpan.FromSeconds(20) }));
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        runs.Clock.Advance(Quiet);
        await judge.EnteredAsync();

        RunRecord judged = await runs.NextAfterAsync(TimeSpan.FromSeconds(21));

        Assert.Equal("structural", judged.Attribution!.Method);
        Assert.Contains("it took longer than 00:00:20", judged.Attribution.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunThatChangesAgainAndAgain_IsAttributedAsOftenAsAllowed()
    {
        var judge = new CostlyAttributor();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(With(judge, new() { MaxPerRun = 2 }));
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, spans);
        await runs.NextAfterAsync(Quiet);
        for (int i = 3; i < 6; i++)
        {
            await runs.SendAsync(trace, trace.AddTurn(spans[0], $"Late{i}", i, "Here."));
            runs.Clock.Advance(Quiet);
        }

        await runs.Host.StopAsync(Cancel);

        Assert.Equal(2, judge.Asked);
    }

    [Fact]
    public async Task MoreRunsFailThanMayWait_TheNewestGetNoVerdictAndAreCounted()
    {
        using var counted = new CountedMetrics();
        var judge = new StuckAttributor();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(With(judge, new() { MaxQueued = 2, Concurrency = 1 }), counted.Watch);
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError(1).Bytes, Cancel);
        runs.Clock.Advance(Quiet);
        await judge.EnteredAsync();
        for (byte i = 2; i <= 5; i++)
            await runs.Client.PostAsync(TestTrace.WithIgnoredToolError(i).Bytes, Cancel);

        runs.Clock.Advance(Quiet);

        Assert.Equal(2, counted.Sum("agenttrace.collector.dropped", "reason", "queue_full"));
        Assert.Equal(2, counted.Gauge("agenttrace.attribution.queued"));
    }

    private static async Task<string> MethodOfAsync(JudgedRuns runs, byte trace)
    {
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError(trace).Bytes, Cancel);
        return (await runs.NextAfterAsync(Quiet)).Attribution!.Method;
    }

    private static CollectorOptions With(IFailureAttributor attributor, AttributionOptions options) =>
        new() { HttpPort = 0, GrpcPort = 0, Attributor = attributor, Attribution = options };

    private sealed class CostlyAttributor : IFailureAttributor
    {
        private int _asked;

        public int Asked => _asked;

        public string Method => "costly";

        public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _asked);
            return ValueTask.FromResult(new FailureAttribution
            {
                Method = Method,
                MethodVersion = "1",
                Verdict = AttributionVerdict.DecisiveError,
                Step = 1,
                Agent = run.Steps[1].Agent,
                Confidence = 0.9,
                Reason = "It said so.",
                Ranking = [new StepBlame(1, run.Steps[1].Agent, 0.9)],
                Cost = new AttributionCost(1, 700, 100),
            });
        }
    }

    private sealed class StuckAttributor : IFailureAttributor
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Method => "stuck";

        public Task EnteredAsync() => _entered.Task.WaitAsync(Cancel);

        public async ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
        {
            _entered.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException("It waits for ever.");
        }
    }
}
