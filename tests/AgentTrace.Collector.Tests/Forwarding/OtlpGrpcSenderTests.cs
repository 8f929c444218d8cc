using System.Net;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Tests.Forwarding;

public sealed class OtlpGrpcSenderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Servers announce a body of no bytes, and send the trailers with the status in a frame of their own after that.</summary>
    [Theory]
    [InlineData("14", nameof(SendResultKind.Retryable))]
    [InlineData("0", nameof(SendResultKind.Delivered))]
    [InlineData("7", nameof(SendResultKind.Refused))]
    public async Task Send_TrailersComeAfterAnEmptyBody_TheyAreWaitedFor(string status, string expected)
    {
        using var sender = new OtlpGrpcSender(new HttpMessageInvoker(new LateTrailers(status)), ForwardingEndpoint.Parse("grpc://127.0.0.1:9"), OtlpSignal.Traces);

        SendResult result = await sender.SendAsync(new OtlpExport(new ReadOnlyMemory<byte>[] { new byte[] { 1 } }, IsJson: false), Cancel);

        Assert.Equal(expected, result.Kind.ToString());
    }

    private sealed class LateTrailers(string status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Version = HttpVersion.Version20 };
            response.Content = new StreamContent(new EndingStream(() => response.TrailingHeaders.TryAddWithoutValidation("grpc-status", status)));
            response.Content.Headers.ContentLength = 0;
            return Task.FromResult(response);
        }
    }

    /// <summary>A stream of no bytes that says when its end was read.</summary>
    private sealed class EndingStream(Action ended) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            ended();
            return new(0);
        }
    }
}
