using System.Net;
using AgentTrace.Collector.Forwarding;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Forwarding;

public sealed class DurableQueueTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-queue-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stop_BackendIsDown_NextCollectorDeliversWhatWasAccepted(bool json)
    {
        byte[] body = json
            ? """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"j"}]}]}]}"""u8.ToArray()
            : TestTrace.WithIgnoredToolError().Bytes;
        await using (CollectorHost first = await StartAsync("http://127.0.0.1:9"))
        {
            using var client = new OtlpClient(first.HttpAddress, first.GrpcAddress);
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsync(body, Cancel, json ? "application/json" : "application/x-protobuf")).Status);
            await first.StopAsync(Cancel);
        }

        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        await using CollectorHost second = await StartAsync(sink.GrpcEndpoint);
        await sink.WaitForAsync(spans => spans.Any(span => span.Name == (json ? "j" : "invoke_workflow travel")), Cancel);
    }

    [Fact]
    public async Task Forward_BackendRefusesForGood_RequestIsKeptAsItCame()
    {
        await using OtlpSink sink = await OtlpSink.StartAsync(Cancel);
        sink.NextStatuses.Enqueue(400);
        await using CollectorHost host = await StartAsync(sink.HttpAddress.ToString());
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        var trace = new TestTrace(1);
        trace.Add("refused", null);
        await client.PostAsync(trace.Bytes, Cancel);

        await host.StopAsync(Cancel);

        string kept = Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullName, "refused")));
        Assert.Equal(trace.Bytes, await File.ReadAllBytesAsync(kept, Cancel));
        Assert.Empty(sink.Spans);
    }

    private async Task<CollectorHost> StartAsync(string forward)
    {
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            Forward = [ForwardingEndpoint.Parse(forward)],
            Forwarding = new ForwardingOptions { QueueDirectory = _folder.FullName },
        });
        await host.StartAsync(Cancel);
        return host;
    }
}
