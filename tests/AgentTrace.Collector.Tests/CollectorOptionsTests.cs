using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Collector.Tests;

public sealed class CollectorOptionsTests
{
    [Fact]
    public void Validate_ValueOutOfRange_NamesKeyValueAndWhatIsAllowed()
    {
        var error = Assert.Throws<ArgumentException>(() => new CollectorOptions { QuietTime = TimeSpan.Zero }.Validate());

        Assert.Contains("QuietTime is 00:00:00; allowed: more than 0", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CollectorOptions { HttpPort = 70000 }.Validate());
        Assert.Throws<ArgumentException>(() => new CollectorOptions { HttpPort = 4317 }.Validate());
        Assert.Throws<ArgumentException>(() => new CollectorOptions { MaxWait = TimeSpan.FromSeconds(1) }.Validate());
        new CollectorOptions().Validate();
    }

    [Theory]
    [InlineData("http://localhost:4318")]
    [InlineData("grpc://127.0.0.1:4317")]
    public void Validate_ForwardIsTheCollectorItself_IsRefused(string endpoint)
    {
        ForwardingEndpoint[] forward = [ForwardingEndpoint.Parse(endpoint)];

        var error = Assert.Throws<ArgumentException>(() => new CollectorOptions { Forward = forward }.Validate());

        Assert.Contains("names the collector itself", error.Message, StringComparison.Ordinal);
        new CollectorOptions { Forward = forward, HttpPort = 14318, GrpcPort = 14317 }.Validate();
    }

    [Fact]
    public async Task Start_PortIsTaken_FailsAsAddressInUse()
    {
        await using var first = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0 });
        await first.StartAsync(TestContext.Current.CancellationToken);
        await using var second = CollectorHost.Create(new CollectorOptions { HttpPort = first.HttpAddress.Port, GrpcPort = 0 });

        await Assert.ThrowsAsync<IOException>(() => second.StartAsync(TestContext.Current.CancellationToken));
    }
}
