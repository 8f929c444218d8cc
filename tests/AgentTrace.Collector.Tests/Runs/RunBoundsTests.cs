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

    [Fact]
    public async Task BytesOfEndedRunsOverTheirBound_TheyAreJudgedEarlyAndARunAtWorkStays()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxEndedBytes = 16 * 1024 }, counted.Watch);
        var atWork = new TestTrace(100);
        Span root = atWork.AddRun("failure");
        Span[] turns = [.. Enumerable.Range(0, 40).Select(turn => atWork.AddTurn(root, "Slow", turn, new string('y', 1000)))];
        await runs.SendAsync(atWork, turns);
        for (byte i = 1; i <= 50; i++)
        {
            var trace = new TestTrace(i);
            trace.AddTurn(trace.AddRun("failure"), "Flights", 0, new string('x', 1000));
            await runs.Client.PostAsync(trace.Bytes, Cancel);
        }

        Assert.Equal(0, counted.Sum("agenttrace.collector.runs.evicted", "reason", "too_many_bytes"));
        Assert.InRange(counted.Sum("agenttrace.collector.runs.evicted", "reason", "early"), 30, 45);
        await runs.SendAsync(atWork, root);
        RunRecord judged;
        do
            judged = await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        while (judged.Run.Id != atWork.TraceIdHex);
        Assert.Equal(40, judged.Run.Steps.Count);
    }

    [Fact]
    public async Task MoreRunsThanAreKept_OneThatWasJudgedGoesBeforeOneStillAtWork()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxLiveRuns = 2 }, counted.Watch);
        TestTrace atWork = TestTrace.WithIgnoredToolError(1), judged = TestTrace.WithIgnoredToolError(2), late = TestTrace.WithIgnoredToolError(3);
        Span[] spans = [.. atWork.Request.ResourceSpans[0].ScopeSpans[0].Spans];
        await runs.SendAsync(atWork, spans[1..]);
        await runs.Client.PostAsync(judged.Bytes, Cancel);
        Assert.Equal(judged.TraceIdHex, (await runs.NextAfterAsync(TimeSpan.FromSeconds(3))).Run.Id);

        await runs.Client.PostAsync(late.Bytes, Cancel);
        await runs.SendAsync(atWork, spans[..1]);
        string[] next = [(await runs.NextAfterAsync(TimeSpan.FromSeconds(3))).Run.Id, (await runs.NextAsync()).Run.Id];

        Assert.Equal([atWork.TraceIdHex, late.TraceIdHex], next.Order());
        Assert.Equal(1, counted.Sum("agenttrace.collector.runs.evicted", "reason", "judged"));
    }

    [Fact]
    public async Task RunsOneAfterAnother_HaveNothingOfEachOther()
    {
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxLiveRuns = 1 });
        for (byte i = 1; i <= 40; i++)
        {
            // Of all sizes, so that one takes the place of a smaller one and of a larger one.
            var trace = new TestTrace(i);
            Span run = trace.AddRun("failure");
            for (int turn = 0; turn < 1 + (i * 7 % 20); turn++)
                trace.AddTurn(run, $"Agent{i}", turn, $"{i}:{turn}:{new string((char)('a' + (i % 26)), i * 100)}");
            await runs.Client.PostAsync(trace.Bytes, Cancel);
            if (i == 1)
                continue;

            RunRecord judged = await runs.NextAsync();

            int of = i - 1;
            Assert.Equal(1 + (of * 7 % 20), judged.Run.Steps.Count);
            Assert.All(judged.Run.Steps, step => Assert.Equal(($"Agent{of}", $"{of}:{step.Index}:{new string((char)('a' + (of % 26)), of * 100)}"), (step.Agent, step.Output)));
        }
    }

    [Fact]
    public async Task SpanThatComesAgainAndAgain_StaysWithinTheBoundOfItsRun()
    {
        using var counted = new CountedMetrics();
        await using JudgedRuns runs = await JudgedRuns.StartAsync(new CollectorOptions { HttpPort = 0, GrpcPort = 0, MaxBytesPerRun = 16 * 1024 }, counted.Watch);
        var trace = new TestTrace();
        Span run = trace.AddRun("failure"), turn = trace.AddTurn(run, "Flights", 0, new string('x', 1000));
        for (int i = 0; i < 200; i++)
        {
            turn.EndTimeUnixNano++;
            await runs.SendAsync(trace, turn);
        }

        Assert.InRange(counted.Gauge("agenttrace.collector.runs.bytes"), 8 * 1024, 40 * 1024);
        await runs.SendAsync(trace, run);
        RunRecord judged = await runs.NextAfterAsync(TimeSpan.FromSeconds(3));
        Assert.Equal("Flights", Assert.Single(judged.Run.Steps).Agent);
        Assert.NotNull(judged.Completeness);
    }
}
