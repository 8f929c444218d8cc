using System.Net;
using System.Text.Json;
using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Telemetry;

public sealed class SelfTelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_AreCountedAsAcceptedAndRefused()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(services: counted.Watch);
        TestTrace good = TestTrace.WithIgnoredToolError(), partly = TestTrace.WithIgnoredToolError(2);
        partly.Request.ResourceSpans[0].ScopeSpans[0].Spans[1].SpanId = Google.Protobuf.ByteString.CopyFrom(1);

        await runs.Client.PostAsync(good.Bytes, Cancel);
        await runs.Client.CallAsync(partly.Bytes, Cancel);
        await runs.Client.PostAsync([0xFF], Cancel);
        await runs.Client.PostAsync([], Cancel, path: "/v1/logs");

        Assert.Equal(2, counted.Sum("agenttrace.collector.received", "signal", "traces"));
        Assert.Equal(1, counted.Sum("agenttrace.collector.received", "signal", "logs"));
        Assert.Equal(1, counted.Sum("agenttrace.collector.refused", "reason", "invalid"));
        Assert.Equal((9, 1), (counted.Sum("agenttrace.collector.spans", "result", "accepted"), counted.Sum("agenttrace.collector.spans", "result", "refused")));
        Assert.Equal(2, counted.Gauge("agenttrace.collector.runs.live"));
    }

    [Fact]
    public async Task Verdicts_AreCountedByAgentCategoryMethodAndVerdict()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(services: counted.Watch);
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        await runs.NextAfterAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(["Hotels", "tool_error", "structural", "decisive_error"], ((string[])["agent", "category", "method", "verdict"]).Select(tag => Assert.Single(counted.Tags("agenttrace.attributions"))[tag]));
        Assert.Equal(1, counted.Sum("agenttrace.collector.runs.finished", "outcome", "failure"));
    }

    [Fact]
    public async Task Forwarding_IsObservedByEndpointAndSignal()
    {
        using var counted = new CountedMetrics();
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, Forward = [ForwardingEndpoint.Parse(sink.GrpcEndpoint)] }, counted.Watch);
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        await sink.WaitForAsync(all => all.Count == 5, Cancel);
        await runs.Host.StopAsync(Cancel);

        counted.Gauge("agenttrace.collector.queued");

        Assert.True(counted.Sum("agenttrace.collector.forwarded", "signal", "traces") >= 1);
        Assert.All(counted.Tags("agenttrace.collector.forwarded"), tags => Assert.StartsWith("OTLP/gRPC http://127.0.0.1:", (string)tags["endpoint"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OwnMetricsAndLogs_AreNeverLookedAtAsTraffic()
    {
        using var counted = new CountedMetrics();
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using JudgedRuns runs = await JudgedRuns.StartAsync(
            new CollectorOptions { HttpPort = 0, GrpcPort = 0, Forward = [ForwardingEndpoint.Parse(sink.HttpAddress.ToString())] }, counted.Watch);
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        await sink.WaitForSignalAsync(signal => signal.Signal == "logs", Cancel);

        Assert.Equal(1, counted.Sum("agenttrace.collector.received"));
        Assert.Equal(5, counted.Sum("agenttrace.collector.spans"));
    }

    [Fact]
    public async Task Health_SaysAliveReadyAndWhyNot()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, Forwarding = new() { QueueMemoryBytes = 1000 }, Forward = [ForwardingEndpoint.Parse("http://127.0.0.1:1")],
        });
        using var http = new HttpClient { BaseAddress = runs.Host.HttpAddress };
        HttpResponseMessage ready = await http.GetAsync("/readyz", Cancel);
        await runs.Client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);
        HttpResponseMessage full = await http.GetAsync("/readyz", Cancel);

        Assert.Equal("ok", await http.GetStringAsync("/healthz", Cancel));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (ready.StatusCode, full.StatusCode));
        using JsonDocument why = JsonDocument.Parse(await full.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("the queue of traces", why.RootElement.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, why.RootElement.GetProperty("endpoints").GetArrayLength());
    }
}
