using AgentTrace.Attribution.Attributors;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;

namespace AgentTrace.Collector.Tests.Runs;

public sealed class CompletenessTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task WholeRun_KeepsTheMethodsConfidenceAndReason()
    {
        FailureAttribution verdict = await JudgeAsync(TestTrace.WithIgnoredToolError());

        Assert.Equal(AttributionVerdict.DecisiveError, verdict.Verdict);
        Assert.DoesNotContain("incomplete", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedRootWithoutFailedChild_IsBlamedWithHalfTheConfidenceAndSaysWhy()
    {
        double whole = (await JudgeAsync(Turns(1, rootFails: false))).Confidence;

        FailureAttribution verdict = await JudgeAsync(Turns(2, rootFails: true));

        Assert.Equal(whole / 2, verdict.Confidence, 6);
        Assert.Contains("no span below it did", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedRootWithoutFailedChildAndAParentMissing_NobodyIsBlamed()
    {
        TestTrace trace = Turns(3, rootFails: true);
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[2].ParentSpanId = ByteString.CopyFrom(9, 9, 9, 9, 9, 9, 9, 9);

        FailureAttribution verdict = await JudgeAsync(trace);

        Assert.Equal((AttributionVerdict.Abstained, null, 0.0), (verdict.Verdict, verdict.Agent, verdict.Confidence));
        Assert.Contains("1 parent span never came", verdict.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(verdict.Ranking);
    }

    [Fact]
    public async Task TurnMissingFromTheOrder_LowersTheConfidenceByItsShare()
    {
        double whole = (await JudgeAsync(TestTrace.WithIgnoredToolError(4))).Confidence;
        TestTrace trace = TestTrace.WithIgnoredToolError(5);
        Span last = trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[^1];
        last.Attributes.Single(a => a.Key == "agenttrace.turn.index").Value.IntValue = 3;

        FailureAttribution verdict = await JudgeAsync(trace);

        Assert.Equal(whole * 3 / 4, verdict.Confidence, 6);
        Assert.Contains("1 turn missing from the order of turns", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunWhoseEndNeverCame_IsJudgedWithLessConfidence()
    {
        TestTrace trace = TestTrace.WithIgnoredToolError(6);
        Span root = trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[0];
        // The outcome is on a turn: somebody's own code may put it there.
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[1].Attributes.Add(TestTrace.Text("agenttrace.run.outcome", "failure"));
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans.Remove(root);

        FailureAttribution verdict = await JudgeAsync(trace, TimeSpan.FromMinutes(11));

        Assert.Contains("the span that ends the run never came", verdict.Reason, StringComparison.Ordinal);
        Assert.Contains("1 parent span never came", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunUnderAnotherServicesSpan_IsWhole()
    {
        TestTrace trace = TestTrace.WithIgnoredToolError(7);
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[0].ParentSpanId = ByteString.CopyFrom(9, 9, 9, 9, 9, 9, 9, 9);

        FailureAttribution verdict = await JudgeAsync(trace, TimeSpan.FromSeconds(35));

        Assert.DoesNotContain("incomplete", verdict.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunLargerThanIsKept_MoreLeftOutThanKept_NobodyIsBlamed()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxSpansPerRun = 2 });
        TestTrace trace = TestTrace.WithIgnoredToolError(8);
        await runs.SendAsync(trace, trace.Request.ResourceSpans[0].ScopeSpans[0].Spans);

        FailureAttribution verdict = (await runs.NextAfterAsync(Quiet)).Attribution!;

        Assert.Equal(AttributionVerdict.Abstained, verdict.Verdict);
        Assert.Contains("3 spans left out", verdict.Reason, StringComparison.Ordinal);
    }

    private static TestTrace Turns(byte id, bool rootFails)
    {
        var trace = new TestTrace(id);
        Span run = trace.AddRun("failure");
        trace.AddTurn(run, "Flights", 0, "Flight BA117 is booked.");
        trace.AddTurn(run, "Hotels", 1, "The Grand Plaza is booked for you.");
        if (rootFails)
        {
            // The framework's error, and no word of the app about how its run ended.
            run.Attributes.Remove(run.Attributes.Single(a => a.Key == "agenttrace.run.outcome"));
            run.Status = new Status { Code = 2, Message = "500" };
        }

        return trace;
    }

    private static async Task<FailureAttribution> JudgeAsync(TestTrace trace, TimeSpan? after = null)
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync();
        await runs.SendAsync(trace, trace.Request.ResourceSpans[0].ScopeSpans[0].Spans);
        RunRecord record = await runs.NextAfterAsync(after ?? Quiet);
        return record.Attribution!;
    }
}
