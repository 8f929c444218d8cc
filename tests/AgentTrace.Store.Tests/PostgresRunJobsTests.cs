using System.Text;
using AgentTrace.Store.Jobs;
using AgentTrace.Store.PostgreSql;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Store.Tests;

/// <summary>Two nodes are two instances over one database; a lease of no time is one that has ended.</summary>
public sealed class PostgresRunJobsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private PostgresTraceStore _a = null!, _b = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        string database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        (_a, _b) = (new PostgresTraceStore(database), new PostgresTraceStore(database));
        await _a.OpenAsync(Cancel);
        await _b.OpenAsync(Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_a is null)
            return;
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Take_RunWhoseWaitIsOver_IsOneNodesAlone()
    {
        await WatchAsync(1, TimeSpan.Zero);
        await WatchAsync(2, Long);

        RunJob job = Assert.Single(await _a.TakeAsync(10, Long, Cancel));

        Assert.Equal((UInt128)1, job.TraceId);
        Assert.True(job.State.IsEmpty && job.Outbox.IsEmpty);
        Assert.Empty(await _b.TakeAsync(10, Long, Cancel));
    }

    [Fact]
    public async Task Take_ManyNodesAtOnce_GivesEachRunOnce()
    {
        await _a.AppendAsync([], [.. Enumerable.Range(1, 200).Select(i => new RunWatch((UInt128)i, TimeSpan.Zero))], Noon, Cancel);

        async Task<List<UInt128>> AllOfAsync(PostgresTraceStore node)
        {
            var mine = new List<UInt128>();
            while (await node.TakeAsync(3, Long, Cancel) is { Count: > 0 } taken)
                mine.AddRange(taken.Select(job => job.TraceId));
            return mine;
        }

        List<UInt128>[] taken = await Task.WhenAll(AllOfAsync(_a), AllOfAsync(_b), AllOfAsync(_a), AllOfAsync(_b));

        Assert.Equal(Enumerable.Range(1, 200), taken.SelectMany(ids => ids).Select(id => (int)id).Order());
    }

    [Fact]
    public async Task Take_RunsThatMayHaveFailed_ComeFirst_AndWhatOneWatchSaidHolds()
    {
        foreach (RunWatch watch in (RunWatch[])[new(1, TimeSpan.Zero, false), new(2, TimeSpan.Zero, false), new(3, TimeSpan.Zero, true), new(2, TimeSpan.Zero, true), new(2, TimeSpan.Zero, false)])
            await _a.AppendAsync([], [watch], Noon, Cancel);

        IReadOnlyList<RunJob> taken = await _a.TakeAsync(10, Long, Cancel);

        Assert.Equal([(2u, true), (3u, true), (1u, false)], taken.OrderBy(job => job.TraceId == 1).ThenBy(job => job.TraceId).Select(job => ((uint)job.TraceId, job.MayHaveFailed)));
        Assert.Equal((UInt128)1, taken[^1].TraceId);
    }

    [Fact]
    public async Task Watch_ShorterWait_CountsEvenAfterALongerOne()
    {
        await WatchAsync(1, TimeSpan.Zero);
        await WatchAsync(1, Long);
        await _a.AppendAsync([], [new RunWatch(2, Long), new RunWatch(2, TimeSpan.Zero)], Noon, Cancel);

        Assert.Equal(2, (await _a.TakeAsync(10, Long, Cancel)).Count);
    }

    [Fact]
    public async Task LeaseThatHasEnded_AnotherNodeTakesTheRun_AndTheFirstOnesDecisionIsRefused()
    {
        await WatchAsync(1, TimeSpan.Zero);
        RunJob lost = Assert.Single(await _a.TakeAsync(1, TimeSpan.Zero, Cancel));
        RunJob taken = Assert.Single(await _b.TakeAsync(1, Long, Cancel));

        Assert.False(await _a.DecideAsync(lost, Decision("of a"), Cancel));
        Assert.False(await _a.KeepAsync(lost, Long, Cancel));
        await _a.FinishAsync(lost, Cancel);
        await _a.ReleaseAsync(lost, Cancel);
        Assert.Null(await _a.FindRunAsync(1, Cancel));
        Assert.Empty(await _a.FindTraceAsync(1, Cancel));
        Assert.True(await _b.DecideAsync(taken, Decision("of b"), Cancel));
        Assert.Equal("of b", Blocks.Text(await _a.FindTraceAsync(1, Cancel), 1));
        Assert.Empty(await _a.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task Keep_LengthensTheLease()
    {
        await WatchAsync(1, TimeSpan.Zero);
        RunJob job = Assert.Single(await _a.TakeAsync(1, TimeSpan.Zero, Cancel));

        Assert.True(await _a.KeepAsync(job, Long, Cancel));

        Assert.Empty(await _b.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task NodeThatDiesAfterItsDecision_LeavesItsOutboxToTheNext()
    {
        await WatchAsync(1, TimeSpan.Zero);
        RunJob job = Assert.Single(await _a.TakeAsync(1, Long, Cancel));
        Assert.True(await _a.DecideAsync(job, Decision("verdict"), Cancel));
        Assert.True(await _a.KeepAsync(job, TimeSpan.Zero, Cancel));

        RunJob again = Assert.Single(await _b.TakeAsync(1, Long, Cancel));

        Assert.Equal(("state", "outbox"), (Encoding.UTF8.GetString(again.State.Span), Encoding.UTF8.GetString(again.Outbox.Span)));
        await _b.FinishAsync(again, Cancel);
        Assert.Empty(await _a.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task WhatComesWhileARunIsJudged_HasItJudgedAgain_WithTheStateAndAnEmptyOutbox()
    {
        await WatchAsync(1, TimeSpan.Zero);
        RunJob job = Assert.Single(await _a.TakeAsync(1, Long, Cancel));
        await WatchAsync(1, TimeSpan.Zero);
        await _a.DecideAsync(job, Decision("verdict"), Cancel);
        await _a.FinishAsync(job, Cancel);

        RunJob again = Assert.Single(await _b.TakeAsync(1, Long, Cancel));

        Assert.Equal("state", Encoding.UTF8.GetString(again.State.Span));
        Assert.True(again.Outbox.IsEmpty);
        await _b.FinishAsync(again, Cancel);
        Assert.Empty(await _b.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task Release_LetsAnotherNodeTakeItAtOnce_AndARunThatEndsEveryNodeIsLeftAlone()
    {
        await WatchAsync(1, TimeSpan.Zero);
        for (int i = 0; i < 10; i++)
            await _a.ReleaseAsync(Assert.Single(await _a.TakeAsync(1, Long, Cancel)), Cancel);
        for (int i = 0; i < 5; i++)
            Assert.Single(await _a.TakeAsync(1, TimeSpan.Zero, Cancel));

        Assert.Empty(await _a.TakeAsync(1, TimeSpan.Zero, Cancel));
        await WatchAsync(1, TimeSpan.Zero);
        Assert.Single(await _b.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task Append_ThatFails_WatchesNothing()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => _a.AppendAsync([Blocks.Of((1, "a")) with { Directory = null! }], [new RunWatch(1, TimeSpan.Zero)], Noon, Cancel).AsTask());

        Assert.Empty(await _a.TakeAsync(1, Long, Cancel));
    }

    [Fact]
    public async Task Trim_ByAge_LetsJobsGo()
    {
        await WatchAsync(1, TimeSpan.Zero);

        await _a.TrimAsync(new Retention(TimeSpan.FromDays(1), null), DateTimeOffset.UtcNow.AddDays(3), Cancel);

        Assert.Empty(await _a.TakeAsync(1, Long, Cancel));
    }

    private Task WatchAsync(UInt128 trace, TimeSpan wait) => _a.AppendAsync([], [new RunWatch(trace, wait)], Noon, Cancel).AsTask();

    private static RunDecision Decision(string spans) => new()
    {
        Run = new StoredRun { TraceId = 1, Outcome = "failure", FinishedAt = Noon, Document = new byte[] { 1 } },
        Blocks = [Blocks.Of((1, spans))],
        State = "state"u8.ToArray(),
        Outbox = "outbox"u8.ToArray(),
        At = Noon,
    };
}
