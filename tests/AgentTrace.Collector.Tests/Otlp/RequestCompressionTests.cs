using System.Net;
using AgentTrace.TestKit.Otlp;
using ZstdSharp;

namespace AgentTrace.Collector.Tests.Otlp;

public sealed class RequestCompressionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_Zstd_IsForwardedUnpacked()
    {
        await using RunningCollector collector = await RunningCollector.OverHttpAsync();
        byte[] body = TestTrace.WithIgnoredToolError().Bytes;

        OtlpHttpAnswer answer = await collector.Client.PostAsync(Zstd(body), Cancel, encoding: "zstd");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, Cancel);
        Assert.Equal(body, collector.Sink.Requests[0].Body);
    }

    [Fact]
    public async Task Post_ZstdCutOffOrOverTheLimit_Is400()
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [sink.HttpAddress.ToString()],
            options => new() { HttpPort = 0, GrpcPort = 0, Forward = options.Forward, MaxRequestBytes = 10_000 });
        byte[] zstd = Zstd(TestTrace.WithIgnoredToolError().Bytes);

        for (int length = 1; length < zstd.Length; length += 7)
            Assert.Equal(HttpStatusCode.BadRequest, (await collector.Client.PostAsync(zstd[..length], Cancel, encoding: "zstd")).Status);
        OtlpHttpAnswer bomb = await collector.Client.PostAsync(Zstd(new byte[5_000_000]), Cancel, encoding: "zstd");

        Assert.Equal(HttpStatusCode.BadRequest, bomb.Status);
        Assert.Contains("larger than 10000 bytes", bomb.Text, StringComparison.Ordinal);
    }

    private static byte[] Zstd(byte[] body)
    {
        using var compressor = new Compressor();
        return compressor.Wrap(body).ToArray();
    }
}
