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

    [Fact]
    public async Task Start_PortIsTaken_FailsAsAddressInUse()
    {
        await using var first = CollectorHost.Create(new CollectorOptions { HttpPort = 0, GrpcPort = 0 });
        await first.StartAsync(TestContext.Current.CancellationToken);
        await using var second = CollectorHost.Create(new CollectorOptions { HttpPort = first.HttpAddress.Port, GrpcPort = 0 });

        await Assert.ThrowsAsync<IOException>(() => second.StartAsync(TestContext.Current.CancellationToken));
    }
}
