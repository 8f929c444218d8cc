using System.Net;
using System.Text.Json;
using AgentTrace.Attribution.Attributors;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Attribution;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

public sealed class VerdictSpansTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FailedRun_VerdictArrivesAsLateChildrenInTheSameTrace()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();

        await collector.Client.CallAsync(trace.Bytes, Cancel);

        IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(all => all.Any(s => s.Name == "decisive_error"), Cancel);
        ReceivedSpan root = Assert.Single(spans, s => s.Name == "invoke_workflow travel");
        ReceivedSpan culprit = Assert.Single(spans, s => s.Name == "invoke_agent Hotels");
        ReceivedSpan verdict = Assert.Single(spans, s => s.Name == "attribute_failure");
        ReceivedSpan mark = Assert.Single(spans, s => s.Name == "decisive_error");
        Assert.All(spans, span => Assert.Equal(trace.TraceIdHex, span.TraceId));
        Assert.Equal(root.SpanId, verdict.ParentSpanId);
        Assert.Equal(culprit.SpanId, mark.ParentSpanId);
        Assert.True(mark.IsError);
        Assert.True(mark["agenttrace.attribution.decisive"]!.BoolValue);
        Assert.Equal(culprit.Span.EndTimeUnixNano, mark.Span.EndTimeUnixNano);
        Assert.Equal(root.Span.EndTimeUnixNano, verdict.Span.StartTimeUnixNano);
        Assert.Equal("agenttrace-collector", verdict.ServiceName);
        Assert.Equal(("Hotels", 1L), (verdict["agenttrace.attribution.agent"]!.StringValue, verdict["agenttrace.attribution.step"]!.IntValue));
        Assert.Equal(culprit.SpanId, verdict["agenttrace.attribution.culprit_span_id"]!.StringValue);
        Assert.Equal(("structural", "decisive_error"), (verdict["agenttrace.attribution.method"]!.StringValue, verdict["agenttrace.attribution.verdict"]!.StringValue));
        Assert.InRange(verdict["agenttrace.attribution.confidence"]!.DoubleValue, 0.01, 1);
        Assert.Contains("book_hotel", verdict["agenttrace.attribution.reason"]!.StringValue, StringComparison.Ordinal);
        Assert.Equal(0, verdict["agenttrace.attribution.judge.calls"]!.IntValue);
        Assert.Contains(culprit.SpanId, verdict["agenttrace.attribution.evidence_span_ids"]!.ArrayValue.Values.Select(v => v.StringValue));
        using JsonDocument ranking = JsonDocument.Parse(verdict["agenttrace.attribution.ranking"]!.StringValue);
        Assert.Equal([1, 3], [ranking.RootElement[0].GetProperty("step").GetInt32(), ranking.RootElement.GetArrayLength()]);
        Assert.Equal("gen_ai.evaluation.result", Assert.Single(verdict.Span.Events).Name);
    }

    [Theory]
    [InlineData("outcome")]
    [InlineData("status")]
    [InlineData("evaluation")]
    public async Task FailedRun_IsKnownByOutcomeStatusOrEvaluation(string sign)
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span root = trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[0];
        if (sign != "outcome")
            root.Attributes.Remove(root.Attributes.Single(a => a.Key == "agenttrace.run.outcome"));
        if (sign == "status")
            root.Status = new Status { Code = 2 };
        if (sign == "evaluation")
            root.Events.Add(new Span.Types.Event { Name = "gen_ai.evaluation.result", Attributes = { TestTrace.Text("gen_ai.evaluation.score.label", "fail") } });

        await collector.Client.PostAsync(trace.Bytes, Cancel);

        await collector.Sink.WaitForAsync(all => all.Any(s => s.Name == "decisive_error"), Cancel);
    }

    [Fact]
    public async Task NobodyAtFault_IsSaidInTheVerdictAndInItsEvaluation()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.GrpcEndpoint], options => new()
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = options.QuietTime,
            Forward = options.Forward,
            Attributor = new NobodyAtFault(),
        });

        await collector.Client.CallAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);

        IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(all => all.Any(s => s.Name == "attribute_failure"), Cancel);
        ReceivedSpan verdict = Assert.Single(spans, s => s.Name == "attribute_failure");
        Assert.Equal("no_agent_at_fault", verdict["agenttrace.attribution.verdict"]!.StringValue);
        Assert.Equal("no_agent_at_fault", verdict.Span.Events[0].Attributes.Single(a => a.Key == "gen_ai.evaluation.score.label").Value.StringValue);
    }

    [Fact]
    public async Task SuccessfulRun_IsStoredAndNobodyIsBlamed()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        var decided = new TaskCompletionSource<Storage.RunRecord>();
        collector.Host.Decisions.Decided += decided.SetResult;
        var trace = new TestTrace();
        Span run = trace.AddRun("success");
        trace.AddTurn(run, "Flights", 0, "Booked.");

        await collector.Client.PostAsync(trace.Bytes, Cancel);

        Storage.RunRecord record = await decided.Task.WaitAsync(Cancel);
        Assert.Null(record.Attribution);
        await collector.Host.StopAsync(Cancel);
        Assert.Equal(2, collector.Sink.Spans.Count);
    }

    [Fact]
    public async Task Spans_ThatComeOneByOneInAnyOrderAndTwice_MakeOneVerdict()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()],
            options => new() { HttpPort = 0, GrpcPort = 0, Forward = options.Forward, QuietTime = TimeSpan.FromMilliseconds(500) });
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Span[] all = [.. trace.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        foreach (Span span in all.Reverse().Concat(all))
        {
            ExportRequest one = trace.Request.Clone();
            one.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
            one.ResourceSpans[0].ScopeSpans[0].Spans.Add(span);
            await collector.Client.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(one), Cancel);
        }

        IReadOnlyList<ReceivedSpan> spans = await collector.Sink.WaitForAsync(received => received.Any(s => s.Name == "decisive_error"), Cancel);

        Assert.Equal("Hotels", Assert.Single(spans, s => s.Name == "attribute_failure")["agenttrace.attribution.agent"]!.StringValue);
        Assert.Equal((2 * all.Length) + 2, spans.Count);
    }

    [Fact]
    public async Task Runs_Api_ShowsListRunAndClearErrors()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await collector.Client.PostAsync(trace.Bytes, Cancel);
        await collector.Sink.WaitForAsync(all => all.Any(s => s.Name == "decisive_error"), Cancel);
        using var http = new HttpClient { BaseAddress = collector.Host.HttpAddress };

        using JsonDocument list = JsonDocument.Parse(await http.GetStringAsync("/v1/runs", Cancel));
        using JsonDocument run = JsonDocument.Parse(await http.GetStringAsync($"/v1/runs/{trace.TraceIdHex}", Cancel));

        JsonElement line = list.RootElement.GetProperty("runs")[0];
        Assert.Equal((trace.TraceIdHex, "failure", "Hotels", 1),
            (line.GetProperty("traceId").GetString(), line.GetProperty("outcome").GetString(), line.GetProperty("agent").GetString(), line.GetProperty("step").GetInt32()));
        Assert.Equal(3, run.RootElement.GetProperty("run").GetProperty("steps").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v1/runs/ab", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/v1/runs?limit=0", Cancel)).StatusCode);
        Assert.Equal("ok", await http.GetStringAsync("/healthz", Cancel));
    }

    private sealed class NobodyAtFault : IFailureAttributor
    {
        public string Method => "nobody";

        public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default) => ValueTask.FromResult(new FailureAttribution
        {
            Method = Method,
            MethodVersion = "1",
            Verdict = AttributionVerdict.NoAgentAtFault,
            Reason = "The backend was down.",
            Ranking = [],
        });
    }
}
