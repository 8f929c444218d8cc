using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AgentTrace.Collector.Tests.Runs;

public sealed class RunAssemblerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WhoseRootNeverCame_IsJudgedAfterTheLongestWait()
    {
        var clock = new FakeTimeProvider();
        await using CollectorHost host = await StartAsync(clock);
        var decided = new TaskCompletionSource<RunRecord>();
        host.Decisions.Decided += decided.SetResult;
        TestTrace trace = TestTrace.WithIgnoredToolError();
        trace.Request.ResourceSpans[0].ScopeSpans[0].Spans.RemoveAt(0);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        await client.PostAsync(trace.Bytes, Cancel);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.False(decided.Task.IsCompleted);
        Assert.Empty(host.Runs.Latest(10));
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(3, (await decided.Task.WaitAsync(Cancel)).Run.Steps.Count);
    }

    [Fact]
    public async Task Run_ThatIsStillTalking_IsNotJudgedBeforeItIsQuiet()
    {
        var clock = new FakeTimeProvider();
        await using CollectorHost host = await StartAsync(clock);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await client.PostAsync(trace.Bytes, Cancel);
        clock.Advance(TimeSpan.FromSeconds(1.9));
        await client.PostAsync(trace.Bytes, Cancel);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(host.Runs.Latest(10));
        clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Single(host.Runs.Latest(10));
    }

    [Fact]
    public async Task Stop_ARunHasEnded_ItIsJudgedBeforeTheProcessGoes()
    {
        await using CollectorHost host = await StartAsync(new FakeTimeProvider());
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        await client.PostAsync(TestTrace.WithIgnoredToolError().Bytes, Cancel);

        await host.StopAsync(Cancel);

        Assert.Equal("Hotels", Assert.Single(host.Runs.Latest(10)).Attribution!.Agent);
    }

    [Fact]
    public async Task Trace_WithoutAgentSpans_IsPassedOnAndForgotten()
    {
        var clock = new FakeTimeProvider();
        await using CollectorHost host = await StartAsync(clock);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        var trace = new TestTrace();
        trace.Add("GET /", null).Status = new Status { Code = 2 };
        await client.PostAsync(trace.Bytes, Cancel);

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Empty(host.Runs.Latest(10));
    }

    private static async Task<CollectorHost> StartAsync(FakeTimeProvider clock)
    {
        var options = new CollectorOptions { HttpPort = 0, GrpcPort = 0, QuietTime = TimeSpan.FromSeconds(2), MaxWait = TimeSpan.FromSeconds(90) };
        CollectorHost host = CollectorHost.Create(options, configureServices: services => services.AddSingleton<TimeProvider>(clock));
        await host.StartAsync(Cancel);
        return host;
    }
}
