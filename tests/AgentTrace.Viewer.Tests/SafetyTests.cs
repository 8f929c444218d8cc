using AgentTrace.Collector.Security;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Viewer;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Viewer.Tests;

public sealed class SafetyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryPage_ForbidsInlineCodeFramesAndForeignSources()
    {
        await using ViewedCollector collector = await ViewedCollector.StartAsync();
        RunRecord record = await collector.SendAsync(TestTrace.WithIgnoredToolError());
        using var client = new HttpClient();

        foreach (string path in new[] { "/runs", $"/runs/{record.Run.Id}", $"/runs/{record.Run.Id}/steps/0", "/agents", "/runs/1" })
        {
            using HttpResponseMessage answer = await client.GetAsync(collector.Address(path), Cancel);
            string policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl?.NoStore, path);
            string html = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
            Assert.DoesNotMatch(" on[a-z]+=", html);
        }
    }

    [Theory]
    [InlineData("rebound.example", 421)]
    [InlineData("192.0.2.7", 421)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1:9", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("traces.example", 200)]
    public async Task Pages_AskedForByAForeignName_AreRefused(string host, int expected)
    {
        await using ViewedCollector collector = await ViewedCollector.StartAsync(listening: new ListeningOptions { AllowedHosts = ["traces.example"] });
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, collector.Address("/runs")) { Headers = { Host = host } };

        using HttpResponseMessage answer = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("javascript:alert({traceId})")]
    [InlineData("http://localhost:16686/trace/")]
    [InlineData("/trace/{traceId}")]
    public async Task TraceUrl_ThatIsNoAddressOfATrace_IsRefusedAtTheStart(string pattern)
    {
        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => ViewedCollector.StartAsync(viewer: new ViewerOptions { TraceUrl = pattern }));

        Assert.Contains("Viewer.TraceUrl", e.Message, StringComparison.Ordinal);
        Assert.Contains("{traceId}", e.Message, StringComparison.Ordinal);
    }
}
