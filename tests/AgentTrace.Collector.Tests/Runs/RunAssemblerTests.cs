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
    public async Task Run_WhoseInnerWorkflowHasEnded_WaitsForItsOwnRoot()
    {
        var clock = new FakeTimeProvider();
        await using CollectorHost host = await StartAsync(clock);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        TestTrace inner = TestTrace.WithIgnoredToolError();
        Span workflow = inner.Request.ResourceSpans[0].ScopeSpans[0].Spans[0];
        Span root = inner.Add("invoke_workflow outer", null);
        workflow.ParentSpanId = root.SpanId;
        ExportRequest late = inner.Request.Clone();
        inner.Request.ResourceSpans[0].ScopeSpans[0].Spans.Remove(root);
        await client.PostAsync(inner.Bytes, Cancel);

        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Empty(host.Runs.Latest(10));
        await client.PostAsync(Google.Protobuf.MessageExtensions.ToByteArray(late), Cancel);
        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(Convert.ToHexStringLower(root.SpanId.Span), Assert.Single(host.Runs.Latest(10)).Run.RootSpanId);
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

    [Fact]
    public async Task Run_ThatALateSpanReachesWhileItIsHandedOn_IsJudgedOnce()
    {
        var clock = new FakeTimeProvider();
        using var saving = new SavingStore();
        await using CollectorHost host = await StartAsync(clock, saving);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        await client.PostAsync(trace.Bytes, Cancel);

        Task sweep = Task.Run(() => clock.Advance(TimeSpan.FromSeconds(3)), Cancel);
        await saving.Entered.WaitAsync(Cancel);
        await client.PostAsync(trace.Bytes, Cancel);
        saving.Proceed();
        await sweep;
        clock.Advance(TimeSpan.FromSeconds(10));

        // The run itself, then the same run with its verdict.
        await host.StopAsync(Cancel);
        Assert.Equal([false, true], saving.Saved.Select(record => record.Attribution is not null));
    }

    [Fact]
    public async Task Run_ThatTheStoreRefuses_DoesNotEndTheCollector()
    {
        var clock = new FakeTimeProvider();
        using var saving = new SavingStore { Refused = new TestTrace(1).TraceIdHex };
        await using CollectorHost host = await StartAsync(clock, saving);
        saving.Proceed();
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        await client.PostAsync(TestTrace.WithIgnoredToolError(1).Bytes, Cancel);
        await client.PostAsync(TestTrace.WithIgnoredToolError(2).Bytes, Cancel);

        clock.Advance(TimeSpan.FromSeconds(3));
        await host.StopAsync(Cancel);

        Assert.All(saving.Saved, record => Assert.Equal(new TestTrace(2).TraceIdHex, record.Run.Id));
        Assert.NotNull(saving.Saved[^1].Attribution);
    }

    [Fact]
    public async Task Run_WithMoreSpansThanAreKept_StillEndsByItsRoot()
    {
        var clock = new FakeTimeProvider();
        await using CollectorHost host = await StartAsync(clock, maxSpans: 4);
        using var client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        TestTrace trace = TestTrace.WithIgnoredToolError();
        Google.Protobuf.Collections.RepeatedField<Span> spans = trace.Request.ResourceSpans[0].ScopeSpans[0].Spans;
        Span root = spans[0];
        spans.RemoveAt(0);
        spans.Add(root);
        await client.PostAsync(trace.Bytes, Cancel);

        clock.Advance(TimeSpan.FromSeconds(3));
        await host.StopAsync(Cancel);

        Assert.Equal("Hotels", Assert.Single(host.Runs.Latest(10)).Attribution?.Agent);
    }

    private static async Task<CollectorHost> StartAsync(FakeTimeProvider clock, IRunStore? store = null, int maxSpans = 20_000)
    {
        var options = new CollectorOptions
        {
            HttpPort = 0, GrpcPort = 0, QuietTime = TimeSpan.FromSeconds(2), MaxWait = TimeSpan.FromSeconds(90), MaxSpansPerRun = maxSpans,
        };
        CollectorHost host = CollectorHost.Create(options, configureServices: services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            if (store is not null)
                services.AddSingleton(store);
        });
        await host.StartAsync(Cancel);
        return host;
    }
}
