using AgentTrace.Benchmarks.Collector.Faults;

namespace AgentTrace.Collector.Tests.Faults;

/// <summary>A short form of each fault of <c>AgentTrace.Benchmarks -- faults</c>, with the real tool in a process of its own.</summary>
public sealed class FaultSuiteTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-faults-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task KilledUnderLoad_NothingAcceptedIsLost() => AssertNothingLost(await FaultSuite.KillAsync(_folder.FullName, 2));

    [Fact]
    public async Task BackendDown_NothingAcceptedIsLost() => AssertNothingLost(await FaultSuite.BackendDownAsync(_folder.FullName, TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task SlowBackend_NothingAcceptedIsLost() =>
        AssertNothingLost(await FaultSuite.SlowBackendAsync(_folder.FullName, TimeSpan.FromMilliseconds(200), 10_000));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryErrorCode_NothingAcceptedIsLost(bool grpc)
    {
        FaultResult result = await FaultSuite.ErrorCodesAsync(_folder.FullName, grpc);

        AssertNothingLost(result);
        Assert.NotEqual(0, result.SetAside);
    }

    [Fact]
    public async Task FullDisk_NothingAcceptedIsLost()
    {
        using SmallDisk? disk = SmallDisk.TryMount(Path.Combine(_folder.FullName, "small"), "4m");
        Assert.SkipWhen(disk is null, "no file system may be mounted here");

        FaultResult result = await FaultSuite.FullDiskAsync(Path.Combine(disk!.Folder, "queue"));

        AssertNothingLost(result);
        Assert.NotEqual(0, result.AskedToWait);
    }

    [Fact]
    public async Task ClockJumps_NothingAcceptedIsLost() => AssertNothingLost(await ClockFault.RunAsync(_folder.FullName));

    private static void AssertNothingLost(FaultResult result)
    {
        Assert.NotEqual(0, result.Accepted);
        Assert.Equal((0, result.Accepted), (result.Lost, result.Delivered + result.SetAside));
    }
}
