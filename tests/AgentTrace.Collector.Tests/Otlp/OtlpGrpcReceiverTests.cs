using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Otlp;

public sealed class OtlpGrpcReceiverTests
{
    private const int InvalidArgument = 3;
    private const int Unimplemented = 12;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Export_ValidRequest_IsForwardedByteForByte(bool gzip)
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        byte[] body = TestTrace.WithIgnoredToolError().Bytes;

        OtlpGrpcAnswer answer = await collector.Client.CallAsync(body, Cancel, gzip);

        Assert.Equal((0, null), (answer.Status, answer.Message));
        Assert.Null(answer.Response.PartialSuccess);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
        Assert.True(collector.Sink.Requests[0].IsGrpc);
        Assert.Equal(body, collector.Sink.Requests[0].Body);
    }

    [Fact]
    public async Task Export_OneBadSpan_IsPartialSuccess()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        TestTrace trace = TestTrace.WithIgnoredToolError();
        trace.Add("bad", null).SpanId = Google.Protobuf.ByteString.CopyFrom(1, 2, 3);

        OtlpGrpcAnswer answer = await collector.Client.CallAsync(trace.Bytes, Cancel);

        Assert.Equal(0, answer.Status);
        Assert.Equal(1, answer.Response.PartialSuccess.RejectedSpans);
        Assert.Contains("span_id has 3 bytes", answer.Response.PartialSuccess.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MalformedRequests_AreInvalidArgumentAndTheProcessGoesOn()
    {
        await using RunningCollector collector = await RunningCollector.OverGrpcAsync();
        var zero = new TestTrace();
        zero.Add("zero", null).TraceId = Google.Protobuf.ByteString.CopyFrom(new byte[16]);

        OtlpGrpcAnswer[] answers =
        [
            await collector.Client.CallAsync([0x0A, 0xFF], Cancel),
            await collector.Client.CallAsync(zero.Bytes, Cancel),
            await collector.Client.CallFramedAsync([0, 0, 0], Cancel),
            await collector.Client.CallFramedAsync([0, 0, 0, 0, 9, 1], Cancel),
            await collector.Client.CallFramedAsync([1, 0, 0, 0, 1, 1], Cancel),
            await collector.Client.CallFramedAsync([1, 0, 0, 0, 1, 1], Cancel, gzip: true),
        ];

        Assert.All(answers, answer => Assert.Equal(InvalidArgument, answer.Status));
        Assert.All(answers, answer => Assert.False(string.IsNullOrEmpty(answer.Message)));
        Assert.Equal(Unimplemented, (await collector.Client.CallAsync([], Cancel, method: "opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export")).Status);
        Assert.Equal(0, (await collector.Client.CallAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel)).Status);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
    }
}
