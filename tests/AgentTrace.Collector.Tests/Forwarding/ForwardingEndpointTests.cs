using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Forwarding;

public sealed class ForwardingEndpointTests
{
    [Fact]
    public void Parse_Settings_AreReadAndSecretsComeFromTheEnvironment()
    {
        ForwardingEndpoint endpoint = ForwardingEndpoint.Parse(
            "https://host/base#gzip&header.authorization=env:TOKEN&header.x-scope=a%26b&ca=%2Fetc%2Fca.pem&cert=/c.pem", name => name == "TOKEN" ? "Bearer s" : null);

        Assert.Equal("https://host/base/v1/logs", endpoint.AddressOf(OtlpSignal.Logs).ToString());
        Assert.Equal(("Bearer s", "a&b"), (endpoint.Headers["Authorization"], endpoint.Headers["x-scope"]));
        Assert.Equal((true, "/etc/ca.pem", "/c.pem"), (endpoint.Gzip, endpoint.CertificateAuthorityFile, endpoint.ClientCertificateFile));
        Assert.DoesNotContain("Bearer", endpoint.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://host#zip", "'zip'")]
    [InlineData("https://host#header.=x", "'header.'")]
    [InlineData("https://host#header.a=env:NOT_THERE", "NOT_THERE")]
    [InlineData("https://host#header.a=x%0d%0ab:c", "'header.a'")]
    public void Parse_SettingThatIsNone_IsRefusedByName(string text, string named)
    {
        var error = Assert.Throws<FormatException>(() => ForwardingEndpoint.Parse(text, _ => null));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forward_WithGzip_ArrivesAsItCame(bool grpc)
    {
        await using RunningCollector collector = await RunningCollector.StartAsync(sink => [(grpc ? sink.GrpcEndpoint : sink.HttpAddress.ToString()) + "#gzip"]);
        byte[] body = TestTrace.WithIgnoredToolError().Bytes;

        await collector.Client.PostAsync(body, TestContext.Current.CancellationToken);

        await collector.Sink.WaitForAsync(spans => spans.Count >= 5, TestContext.Current.CancellationToken);
        Assert.Equal(body, collector.Sink.Requests[0].Body);
    }
}
