using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Collector.Tests.Runs;

public sealed class RunBoundsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task MoreRunsThanAreKept_TheOneIdleLongestGoesAndIsCounted()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxLiveRuns = 2 }, counted.Watch);
        TestTrace[] traces = [.. Enumerable.Range(1, 3).Select(i => TestTrace.WithIgnoredToolError((byte)i))];
        Span[][] spans = [.. traces.Select(trace => trace.Request.ResourceSpans[0].ScopeSpans[0].Spans.ToArray())];
        await runs.SendAsync(traces[0], spans[0][1..]);
        await runs.SendAsync(traces[1], spans[1][1..]);
        await runs.SendAsync(traces[0], spans[0][1..2]);
        await runs.SendAsync(traces[2], spans[2][1..]);

        // The second run was idle longest: its root finds nothing.
        foreach (int i in (int[])[0, 2])
            await runs.SendAsync(traces[i], spans[i][..1]);
        string[] judged = [(await runs.NextAfterAsync(TimeSpan.FromSeconds(3))).Run.Id, (await runs.NextAsync()).Run.Id];

        Assert.Equal([traces[0].TraceIdHex, traces[2].TraceIdHex], judged.Order());
        Assert.Equal(1, counted.Sum("agenttrace.collector.runs.evicted", "reason", "too_many_runs"));
    }

    [Fact]
    public async Task RunThatHasEndedAndMustGo_IsJudgedAsItIs()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxLiveRuns = 1 });
        TestTrace first = TestTrace.WithIgnoredToolError(1), second = TestTrace.WithIgnoredToolError(2);
        await runs.Client.PostAsync(first.Bytes, Cancel);
        await runs.Client.PostAsync(second.Bytes, Cancel);

        RunRecord judged = await runs.NextAsync();

        Assert.Equal(first.TraceIdHex, judged.Run.Id);
        Assert.Equal("Hotels", judged.Attribution!.Agent);
    }

    [Fact]
    public async Task BytesOfAllRunsOverTheBound_OldRunsGo()
    {
        using var counted = new CountedMetrics();
        var options = new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxGatheredBytes = 16 * 1024, MaxBytesPerRun = 16 * 1024 };
        await using JudgedRuns runs = await JudgedRuns.StartAsync(options, counted.Watch);
        for (byte i = 1; i <= 50; i++)
        {
            var trace = new TestTrace(i);
            Span run = trace.AddRun("failure");
            await runs.SendAsync(trace, trace.AddTurn(run, "Flights", 0, new string('x', 1000)));
        }

        Assert.InRange(counted.Sum("agenttrace.collector.runs.evicted", "reason", "too_many_bytes"), 36, 45);
        Assert.InRange(counted.Gauge("agenttrace.collector.runs.bytes"), 1, 16 * 1024);
    }
}
