using System.Net;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using AgentTrace.TestKit.Otlp;
using Microsoft.Extensions.Logging.Abstractions;

namespace AgentTrace.Collector.Tests.Forwarding;

public sealed class ForwarderTests
{
    private const int ResourceExhausted = 8;
    private const int Unavailable = 14;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Forward_EndpointIsBusy_BatchIsSentAgainAndArrivesOnce()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString(), sink.GrpcEndpoint]);
        collector.Sink.NextStatuses.Enqueue(503);
        collector.Sink.NextStatuses.Enqueue(429);
        collector.Sink.NextGrpcStatuses.Enqueue(Unavailable);

        await collector.Client.PostAsync(OneSpan(1), Cancel);
        await collector.Client.PostAsync(OneSpan(2), Cancel);

        await collector.Sink.WaitForAsync(spans => spans.Count == 4, Cancel);
        Assert.Equal(2, collector.Sink.Requests.Count(r => r.IsGrpc));
        Assert.Equal(2, collector.Sink.Spans.DistinctBy(s => s.TraceId).Count());
    }

    [Fact]
    public async Task Forward_EndpointRefusesForGood_NextBatchStillArrives()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        collector.Sink.NextStatuses.Enqueue(400);

        await collector.Client.PostAsync(OneSpan(1), Cancel);
        await collector.Client.PostAsync(OneSpan(2), Cancel);

        ReceivedSpan span = Assert.Single(await collector.Sink.WaitForAsync(spans => spans.Count == 1, Cancel));
        Assert.Equal(2, span.Span.TraceId[15]);
    }

    [Fact]
    public async Task Forward_MessageIsOverTheEndpointsLimit_DoesNotHoldUpTheNextOnes()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        collector.Sink.NextGrpcStatuses.Enqueue(ResourceExhausted);

        await collector.Client.PostAsync(OneSpan(1), Cancel);
        await collector.Client.PostAsync(OneSpan(2), Cancel);

        ReceivedSpan span = Assert.Single(await collector.Sink.WaitForAsync(spans => spans.Count == 1, Cancel));
        Assert.Equal(2, span.Span.TraceId[15]);
    }

    [Fact]
    public async Task Forward_EndpointIsExhaustedForAWhile_BatchIsSentAgain()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        // google.rpc.Status { code: 8, details: Any { type_url: "type.googleapis.com/google.rpc.RetryInfo" } }, without padding as gRPC sends it.
        byte[] details = [0x08, 8, 0x1A, 0x2A, 0x0A, 0x28, .. "type.googleapis.com/google.rpc.RetryInfo"u8];
        collector.Sink.GrpcStatusDetails = Convert.ToBase64String(details).TrimEnd('=');
        collector.Sink.NextGrpcStatuses.Enqueue(ResourceExhausted);

        await collector.Client.PostAsync(OneSpan(1), Cancel);

        await collector.Sink.WaitForAsync(spans => spans.Count == 1, Cancel);
    }

    [Fact]
    public async Task Forward_OneBatchBreaksTheSender_NextBatchStillLeaves()
    {
        var sender = new BreakingSender();
        ForwardingEndpoint endpoint = ForwardingEndpoint.Parse("http://127.0.0.1:9");
        using var journal = new MemoryJournal(1000);
        using var queue = new ForwardingQueue(endpoint, OtlpSignal.Traces, sender, journal.OpenReader("one"), isDurable: false, new DroppedRequests(),
            new ForwardingLimits(0, 1, TimeSpan.FromSeconds(30)), ForwardingRetry.Create(endpoint, TimeProvider.System, NullLogger.Instance), NullLogger<ForwardingQueue>.Instance);
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, OneSpan(1))));
        Assert.True(journal.TryAppend(new OtlpBatch(OtlpSignal.Traces, OneSpan(2))));
        queue.Complete();

        await queue.RunAsync(Cancel);

        Assert.Equal((2, 1), (sender.Calls, queue.Dropped));
    }

    [Fact]
    public async Task Forward_QueueIsFull_SendersAreAskedToWait()
    {
        // Nothing listens on the discard port: the first batch waits, and there is no room for another.
        await using RunningCollector collector = await RunningCollector.StartAsync(_ => ["http://127.0.0.1:9"],
            options => new() { HttpPort = 0, GrpcPort = 0, Forward = options.Forward, Forwarding = new ForwardingOptions { QueueMemoryBytes = 50 } });

        OtlpHttpAnswer first = await collector.Client.PostAsync(OneSpan(1), Cancel);
        OtlpHttpAnswer second = await collector.Client.PostAsync(OneSpan(2), Cancel);
        OtlpGrpcAnswer third = await collector.Client.CallAsync(OneSpan(3), Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, Unavailable), (first.Status, second.Status, third.Status));
        Assert.Contains("is full; try again later", second.Error.Message, StringComparison.Ordinal);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await collector.Host.StopAsync(stop.Token);
    }

    [Fact]
    public async Task Stop_BatchesAreQueued_TheyAreSentFirst()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        collector.Sink.NextStatuses.Enqueue(503);
        for (byte i = 1; i <= 20; i++)
            await collector.Client.PostAsync(OneSpan(i), Cancel);

        await collector.Host.StopAsync(Cancel);

        Assert.Equal(20, collector.Sink.Spans.Count);
    }

    [Theory]
    [InlineData("http://host:4318", "http://host:4318/v1/traces", false)]
    [InlineData("http://host:4318/v1/traces", "http://host:4318/v1/traces", false)]
    [InlineData("https://host/custom/path", "https://host/custom/path/v1/traces", false)]
    [InlineData("grpc://host", "http://host:4317/opentelemetry.proto.collector.trace.v1.TraceService/Export", true)]
    [InlineData("grpcs://host:443", "https://host/opentelemetry.proto.collector.trace.v1.TraceService/Export", true)]
    public void Parse_EndpointText_GivesAddressAndProtocol(string text, string address, bool grpc)
    {
        ForwardingEndpoint endpoint = ForwardingEndpoint.Parse(text);

        Assert.Equal((address, grpc), (endpoint.AddressOf(OtlpSignal.Traces).ToString(), endpoint.IsGrpc));
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:4317")]
    [InlineData("ftp://host")]
    public void Parse_NoEndpoint_SaysWhatIsAllowed(string text)
    {
        var error = Assert.Throws<FormatException>(() => ForwardingEndpoint.Parse(text));

        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("grpc://host:4317", error.Message, StringComparison.Ordinal);
    }

    private static byte[] OneSpan(byte id)
    {
        var trace = new TestTrace(id);
        trace.Add("one", null);
        return trace.Bytes;
    }

    private sealed class BreakingSender : IOtlpSender
    {
        public int Calls { get; private set; }

        public Task<SendResult> SendAsync(OtlpExport export, CancellationToken cancellationToken) =>
            ++Calls == 1 ? throw new InvalidOperationException("no sender is perfect") : Task.FromResult(SendResult.Ok);

        public void Dispose()
        {
        }
    }
}
