using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Attribution;

public sealed class VerdictSignalsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verdict_IsALogEventOnTheCulpritsSpan(bool grpc)
    {
        await using RunningCollector collector = grpc ? await RunningCollector.OverGrpcAsync() : await RunningCollector.OverHttpAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await collector.Client.PostAsync(trace.Bytes, Cancel);

        ReceivedSignal came = await collector.Sink.WaitForSignalAsync(signal => signal.Signal == "logs", Cancel);

        ScopeLogs scope = Assert.Single(Assert.Single(LogsRequest.Parser.ParseFrom(came.Body).ResourceLogs).ScopeLogs);
        LogRecord record = Assert.Single(scope.LogRecords);
        Assert.Equal("gen_ai.evaluation.result", record.EventName);
        Assert.Equal(trace.TraceIdHex, Convert.ToHexStringLower(record.TraceId.Span));
        Assert.Equal(trace.Request.ResourceSpans[0].ScopeSpans[0].Spans[2].SpanId, record.SpanId);
        Assert.Equal("failure_attribution", Value(record, "gen_ai.evaluation.name").StringValue);
        Assert.Equal("decisive_error", Value(record, "gen_ai.evaluation.score.label").StringValue);
        Assert.InRange(Value(record, "gen_ai.evaluation.score.value").DoubleValue, 0.01, 1);
        Assert.Equal(("Hotels", "tool_error"), (Value(record, "agenttrace.attribution.agent").StringValue, Value(record, "agenttrace.attribution.category").StringValue));
    }

    [Fact]
    public async Task Verdict_IsCountedByAgentCategoryAndMethod_AndSentAsMetrics()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.GrpcEndpoint], options => new()
        {
            HttpPort = 0, GrpcPort = 0, QuietTime = options.QuietTime, Forward = options.Forward, MetricInterval = TimeSpan.FromMilliseconds(200),
        });
        var trace = new TestTrace(77);
        Span run = trace.AddRun("failure");
        Span turn = trace.AddTurn(run, "Counted", 0, "");
        turn.Status = new Status { Code = 2, Message = "gone" };
        await collector.Client.PostAsync(trace.Bytes, Cancel);

        ReceivedSignal came = await collector.Sink.WaitForSignalAsync(signal => signal.Signal == "metrics" && Verdicts(signal).Any(IsOurs), Cancel);

        NumberDataPoint point = Verdicts(came).Single(IsOurs);
        Assert.Equal(["agent=Counted", "category=turn_error", "method=structural", "verdict=decisive_error"], point.Attributes.Select(a => $"{a.Key}={a.Value.StringValue}").Order());
        string[] names = [.. Metrics(came).Select(metric => metric.Name)];
        Assert.Contains("agenttrace.collector.received", names);
        Assert.Contains("agenttrace.attribution.duration", names);
        Assert.Contains("agenttrace.attribution.judge.tokens", names);
    }

    [Fact]
    public async Task EndpointThatServesNoLogs_GetsOneAndThenNoMore()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        sink.Unserved = "logs";
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Forward = [ForwardingEndpoint.Parse(sink.HttpAddress.ToString())] });
        for (byte i = 1; i <= 4; i++)
        {
            await runs.Client.PostAsync(TestTrace.WithIgnoredToolError(i).Bytes, Cancel);
            await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
            await sink.WaitForSignalAsync(signal => signal.Signal == "logs", Cancel);
            await sink.WaitForAsync(all => all.Count(s => s.Name == "attribute_failure") == i, Cancel);
        }

        await runs.Host.StopAsync(Cancel);

        Assert.InRange(sink.Signals.Count(signal => signal.Signal == "logs"), 1, 2);
    }

    private static bool IsOurs(NumberDataPoint point) => point.Attributes.Any(a => a.Key == "agent" && a.Value.StringValue == "Counted");

    private static IEnumerable<NumberDataPoint> Verdicts(ReceivedSignal signal) =>
        Metrics(signal).Where(metric => metric.Name == "agenttrace.attributions").SelectMany(metric => metric.Sum.DataPoints);

    private static IEnumerable<Metric> Metrics(ReceivedSignal signal) =>
        MetricsRequest.Parser.ParseFrom(signal.Body).ResourceMetrics.SelectMany(r => r.ScopeMetrics).SelectMany(s => s.Metrics);

    private static AnyValue Value(LogRecord record, string key) => record.Attributes.Single(a => a.Key == key).Value;
}
