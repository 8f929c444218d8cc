using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Runs;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

public sealed class LateSpansTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LateSpanThatChangesTheVerdict_ASecondVerdictSupersedesTheFirst()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, Forward = [ForwardingEndpoint.Parse(sink.GrpcEndpoint)], Attributor = new LastStepAttributor(),
        });
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, spans);
        RunRecord first = await runs.NextAfterAsync(Quiet);

        await runs.SendAsync(trace, trace.AddTurn(spans[0], "Billing", 3, "Paid."));
        RunRecord second = await runs.NextAfterAsync(Quiet);

        Assert.Equal(("Concierge", "Billing"), (first.Attribution!.Agent, second.Attribution!.Agent));
        IReadOnlyList<ReceivedSpan> sent = await sink.WaitForAsync(all => all.Count(s => s.Name == "attribute_failure") == 2, Cancel);
        ReceivedSpan[] verdicts = [.. sent.Where(s => s.Name == "attribute_failure")];
        Assert.Equal([1, 2], verdicts.Select(s => s["agenttrace.attribution.revision"]!.IntValue));
        Assert.Null(verdicts[0]["agenttrace.attribution.supersedes"]);
        Assert.Equal(verdicts[0].SpanId, verdicts[1]["agenttrace.attribution.supersedes"]!.StringValue);
        Assert.NotEqual(verdicts[0].SpanId, verdicts[1].SpanId);
        Assert.Equal(2, sent.Where(s => s.Name == "decisive_error").Select(s => s.SpanId).Distinct().Count());
    }

    [Fact]
    public async Task LateSpansThatComeAgainOrSayNothingNew_AreNotJudgedAgain()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, spans);
        await runs.NextAfterAsync(Quiet);

        await runs.SendAsync(trace, spans);
        runs.Clock.Advance(Quiet);
        await runs.SendAsync(trace, trace.Add("GET /", spans[0]));
        runs.Clock.Advance(Quiet);
        await runs.Host.StopAsync(Cancel);

        Assert.False(runs.HasMore);
    }

    [Fact]
    public async Task LateSpanThatSaysTheRunFailed_ItIsJudgedThen()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        var trace = new TestTrace();
        Span run = trace.AddRun("success");
        run.Attributes.Remove(run.Attributes.Single(a => a.Key == "agenttrace.run.outcome"));
        await runs.SendAsync(trace, run, trace.AddTurn(run, "Flights", 0, "Booked."));
        Assert.Equal(RunOutcome.Unknown, (await runs.NextAfterAsync(Quiet)).Run.Outcome);

        Span check = trace.Add("check", run);
        check.Events.Add(new Span.Types.Event { Name = "gen_ai.evaluation.result", Attributes = { TestTrace.Text("gen_ai.evaluation.score.label", "fail") } });
        await runs.SendAsync(trace, check);
        RunRecord judged = await runs.NextAfterAsync(Quiet);

        Assert.Equal(RunOutcome.Failure, judged.Run.Outcome);
        Assert.Equal("Flights", judged.Attribution!.Agent);
    }

    [Fact]
    public async Task SpansLongAfterTheRunWasLetGo_DoNotReplaceItsVerdict()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] spans = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(trace, spans);
        await runs.NextAfterAsync(Quiet);
        runs.Clock.Advance(TimeSpan.FromMinutes(5));

        await runs.SendAsync(trace, spans[0], spans[1]);
        runs.Clock.Advance(TimeSpan.FromMinutes(5));
        await runs.Host.StopAsync(Cancel);

        Assert.False(runs.HasMore);
        Assert.Equal("Hotels", Assert.Single(runs.Host.Runs.Latest(10)).Attribution!.Agent);
    }

    [Fact]
    public async Task RootThatCameBeforeAnyAgentSpoke_StillEndsItsRun()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        var trace = new TestTrace();
        Span root = trace.Add("POST /chat", null);
        root.Status = new Status { Code = 2, Message = "upstream is gone" };
        await runs.SendAsync(trace, root);
        await runs.SendAsync(trace, trace.AddTurn(root, "Flights", 0, "Booked."));

        RunRecord judged = await runs.NextAfterAsync(Quiet);

        Assert.Contains("upstream is gone", judged.Run.OutcomeReason, StringComparison.Ordinal);
        Assert.Equal("Flights", judged.Attribution!.Agent);
    }

    [Fact]
    public async Task VerdictThatComesBackFromAnotherCollector_DoesNotBringTheRunToLife()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        var trace = new TestTrace();
        await runs.SendAsync(trace,
            trace.Add("attribute_failure", null, TestTrace.Text("agenttrace.attribution.agent", "Hotels")),
            trace.Add("decisive_error", null, TestTrace.Text("agenttrace.attribution.agent", "Hotels")));

        runs.Clock.Advance(TimeSpan.FromMinutes(15));
        await runs.Host.StopAsync(Cancel);

        Assert.False(runs.HasMore);
    }

    private sealed class LastStepAttributor : IFailureAttributor
    {
        public string Method => "last";

        public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default) => ValueTask.FromResult(new FailureAttribution
        {
            Method = Method,
            MethodVersion = "1",
            Verdict = AttributionVerdict.DecisiveError,
            Step = run.Steps.Count - 1,
            Agent = run.Steps[^1].Agent,
            Reason = "It came last.",
            Ranking = [],
        });
    }
}
