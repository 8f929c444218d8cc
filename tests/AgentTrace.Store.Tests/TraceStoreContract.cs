using AgentTrace.Store.Judgements;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Tests;

/// <summary>What every engine must do; one class an engine runs all of it.</summary>
public abstract class TraceStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A store of its own, opened and empty.</summary>
    protected abstract Task<ITraceStore> CreateAsync();

    /// <summary>The same data by another instance, as after a restart or on another node.</summary>
    protected abstract Task<ITraceStore> ReopenAsync(ITraceStore store);

    [Fact]
    public async Task FindTrace_StoredInSeveralBlocks_GivesItsSpansAloneInTheOrderTheyCame()
    {
        await using ITraceStore store = await CreateAsync();
        await store.AppendAsync([Blocks.Of((1, "a1"), (2, "b1"), (1, "a2")), Blocks.Of((2, "b2"))], Noon, Cancel);
        await store.AppendAsync([Blocks.Of((3, "c1"), (1, "a3"))], Noon, Cancel);

        Assert.Equal("a1|a2|a3", Blocks.Text(await store.FindTraceAsync(1, Cancel), 1));
        Assert.Equal("b1|b2", Blocks.Text(await store.FindTraceAsync(2, Cancel), 2));
        Assert.Empty(await store.FindTraceAsync(4, Cancel));
    }

    [Fact]
    public async Task FindTrace_IdsOfAllBits_AreToldApart()
    {
        await using ITraceStore store = await CreateAsync();
        UInt128 high = UInt128.MaxValue, low = UInt128.MaxValue >> 64;
        await store.AppendAsync([Blocks.Of((high, "high"), (low, "low"))], Noon, Cancel);

        Assert.Equal("high", Blocks.Text(await store.FindTraceAsync(high, Cancel), high));
        Assert.Equal("low", Blocks.Text(await store.FindTraceAsync(low, Cancel), low));
    }

    [Fact]
    public async Task Store_OpenedAgain_HoldsWhatItHeld()
    {
        ITraceStore store = await CreateAsync();
        await store.AppendAsync([Blocks.Of((1, "a1"))], Noon, Cancel);
        await store.SaveRunAsync(Run(1, "failure", Noon), Cancel);

        await using ITraceStore again = await ReopenAsync(store);

        Assert.Equal("a1", Blocks.Text(await again.FindTraceAsync(1, Cancel), 1));
        Assert.NotNull(await again.FindRunAsync(1, Cancel));
    }

    [Fact]
    public async Task Scan_GivesHeadersOfBlocksInTheRange_LastStoredFirst()
    {
        await using ITraceStore store = await CreateAsync();
        await store.AppendAsync([Blocks.Of(1_000, (1, "early")), Blocks.Of(2_000, (2, "late error")), Blocks.Of(3_000, (3, "later"))], Noon, Cancel);

        BlockHeader[] all = await store.ScanAsync(0, long.MaxValue, Cancel).ToArrayAsync(Cancel);
        BlockHeader[] some = await store.ScanAsync(1_500, 2_500, Cancel).ToArrayAsync(Cancel);

        Assert.Equal(3, all.Length);
        Assert.True(all[0].Id > all[1].Id && all[1].Id > all[2].Id);
        BlockHeader late = Assert.Single(some);
        Assert.Equal((1, 500), (late.Errors, late.MaxDurationNano));
        Assert.True(BlockFilter.MayContain(late.Filter.Span, Blocks.Token("late error")));
        Assert.False(BlockFilter.MayContain(late.Filter.Span, Blocks.Token("early")));
        Assert.Equal("late error", Blocks.Text([(await store.ReadBlockAsync(late.Id, Cancel))!], 2));
        Assert.Null(await store.ReadBlockAsync(late.Id + 1000, Cancel));
    }

    [Fact]
    public async Task Scan_ForTokens_GivesTheBlocksThatMayHoldThemAll_AndMissesNone()
    {
        await using ITraceStore store = await CreateAsync();
        await store.AppendAsync([.. Enumerable.Range(0, 150).Select(i => Blocks.Of(1_000, [.. Enumerable.Range(0, 1 + (i % 40)).Select(j => ((UInt128)(i + 1), $"{i}/{j}")), ((UInt128)(i + 1), i % 2 == 0 ? "even" : "odd")]))], Noon, Cancel);

        BlockHeader[] all = await store.ScanAsync(0, long.MaxValue, Cancel).ToArrayAsync(Cancel);
        for (int i = 0; i < 150; i += 7)
        {
            ulong[] tokens = [Blocks.Token($"{i}/{i % 40}"), Blocks.Token(i % 2 == 0 ? "even" : "odd")];
            long[] found = await store.ScanAsync(0, long.MaxValue, tokens, Cancel).Select(header => header.Id).ToArrayAsync(Cancel);

            // The block itself, and at most the few that every filter is wrong about.
            Assert.Equal(all.Where(header => tokens.All(token => BlockFilter.MayContain(header.Filter.Span, token))).Select(header => header.Id), found);
            Assert.Contains(all[149 - i].Id, found);
            Assert.InRange(found.Length, 1, 4);
        }
    }

    [Fact]
    public async Task ListOperations_TellsEachKindOnce()
    {
        await using ITraceStore store = await CreateAsync();
        using var builder = new SpanBlockBuilder();
        builder.Add(1, "x"u8);
        foreach (ServiceOperation operation in (ServiceOperation[])[new("b", "y", 3), new("a", "z", 1), new("a", "z", 1), new("a", "'; DROP TABLE runs; --", 1)])
            builder.Note(operation, 1, 2, false);
        SpanBlock block = builder.Build();
        await store.AppendAsync([block, block], Noon, Cancel);
        await store.AppendAsync([block], Noon.AddDays(2), Cancel);

        Assert.Equal([new("a", "'; DROP TABLE runs; --", 1), new("a", "z", 1), new("b", "y", 3)], await store.ListOperationsAsync(null, Cancel));
        Assert.Equal([new("b", "y", 3)], await store.ListOperationsAsync("b", Cancel));
        Assert.Empty(await store.ListOperationsAsync("' OR 1=1 --", Cancel));
    }

    [Fact]
    public async Task SaveRun_Again_TakesTheOlderOnesPlace()
    {
        await using ITraceStore store = await CreateAsync();
        StoredRun undecided = Run(7, "failure", Noon) with { Document = new byte[] { 1, 2, 3 } };
        StoredRun decided = undecided with { Verdict = "decisive_error", Agent = "Hotels", Step = 1, Category = "tool_error", Method = "structural", Confidence = 0.75, Name = "travel", Service = "desk", Document = new byte[] { 4 } };
        await store.SaveRunAsync(undecided, Cancel);
        await store.SaveRunAsync(decided, Cancel);

        StoredRun found = (await store.FindRunAsync(7, Cancel))!;

        Assert.Equal(decided.Document.ToArray(), found.Document.ToArray());
        Assert.Equal(decided with { Document = default }, found with { Document = default });
        Assert.Null(await store.FindRunAsync(8, Cancel));
        Assert.Single(await store.ListRunsAsync(new RunFilter(), Cancel));
    }

    [Fact]
    public async Task ListRuns_ByPages_GivesEachOnceWhileNewerOnesCome()
    {
        await using ITraceStore store = await CreateAsync();
        for (uint i = 1; i <= 7; i++)
            await store.SaveRunAsync(Run(i, "success", Noon.AddSeconds(i / 2)), Cancel);

        var seen = new List<UInt128>();
        RunCursor? after = null;
        for (uint page = 0; page < 4; page++)
        {
            IReadOnlyList<StoredRun> runs = await store.ListRunsAsync(new RunFilter { Limit = 2, After = after }, Cancel);
            seen.AddRange(runs.Select(run => run.TraceId));
            after = new RunCursor(runs[^1].FinishedAt, runs[^1].TraceId);
            await store.SaveRunAsync(Run(100 + page, "success", Noon.AddHours(1)), Cancel);
        }

        Assert.Equal([7u, 6u, 5u, 4u, 3u, 2u, 1u], seen.Select(id => (uint)id));
    }

    [Fact]
    public async Task ListRuns_Filtered_GivesThoseThatMatchAll()
    {
        await using ITraceStore store = await CreateAsync();
        await store.SaveRunAsync(Run(1, "failure", Noon) with { Agent = "Hotels", Step = 1, Category = "tool_error", Name = "travel" }, Cancel);
        await store.SaveRunAsync(Run(2, "failure", Noon.AddMinutes(1)) with { Agent = "Flights", Step = 0, Category = "answer", Name = "travel", Service = "desk" }, Cancel);
        await store.SaveRunAsync(Run(3, "success", Noon.AddMinutes(2)) with { Name = "shop", Service = "desk" }, Cancel);

        async Task<string> IdsAsync(RunFilter filter) => string.Join(' ', (await store.ListRunsAsync(filter, Cancel)).Select(run => run.TraceId));

        Assert.Equal("2 1", await IdsAsync(new RunFilter { Outcome = "failure" }));
        Assert.Equal("1", await IdsAsync(new RunFilter { Agent = "Hotels", Step = 1, Category = "tool_error" }));
        Assert.Equal("3", await IdsAsync(new RunFilter { Name = "shop" }));
        Assert.Equal("3 2", await IdsAsync(new RunFilter { Service = "desk" }));
        Assert.Equal("2", await IdsAsync(new RunFilter { Since = Noon.AddMinutes(1), Until = Noon.AddMinutes(2) }));
        Assert.Empty(await IdsAsync(new RunFilter { Agent = "Hotels", Step = 0 }));
        Assert.Empty(await IdsAsync(new RunFilter { Agent = "' OR '1'='1" }));
    }

    [Fact]
    public async Task Judgements_SaidAgain_TakeThePlaceOfWhatWasSaid()
    {
        await using ITraceStore store = await CreateAsync();
        await store.SaveOutcomeAsync(new PostedOutcome(1, "success", null, null, Noon), Cancel);
        var outcome = new PostedOutcome(1, "failure", "42", "the answer was 41", Noon.AddMinutes(1));
        await store.SaveOutcomeAsync(outcome, Cancel);
        await store.SaveLabelAsync(new PostedLabel(1, "Hotels", 1, "", "ann", Noon), Cancel);
        var byAnn = new PostedLabel(1, "Flights", 0, "booked the wrong day", "ann", Noon);
        var byBob = new PostedLabel(1, "Hotels", 1, "", "bob", Noon);
        var other = new PostedLabel(2, "Hotels", 1, "", "ann", Noon);
        foreach (PostedLabel label in (PostedLabel[])[other, byBob, byAnn])
            await store.SaveLabelAsync(label, Cancel);

        Assert.Equal(outcome, await store.FindOutcomeAsync(1, Cancel));
        Assert.Null(await store.FindOutcomeAsync(2, Cancel));
        Assert.Equal([byAnn, byBob], await store.ListLabelsAsync(1, Cancel));
        Assert.Equal([byAnn, byBob, other], await store.ListLabelsAsync(null, Cancel));
    }

    [Fact]
    public async Task Trim_ByAge_LetsGoWhatIsOlderAndKeepsLabelledRuns()
    {
        await using ITraceStore store = await CreateAsync();
        await store.AppendAsync([Blocks.Of((1, "old")), Blocks.Of((2, "old too"))], Noon.AddDays(-3), Cancel);
        await store.AppendAsync([Blocks.Of((3, "new"))], Noon, Cancel);
        await store.SaveRunAsync(Run(1, "failure", Noon.AddDays(-3)), Cancel);
        await store.SaveRunAsync(Run(2, "failure", Noon.AddDays(-3)), Cancel);
        await store.SaveRunAsync(Run(3, "failure", Noon), Cancel);
        await store.SaveLabelAsync(new PostedLabel(2, "Hotels", 1, "", "ann", Noon.AddDays(-3)), Cancel);

        TrimResult gone = await store.TrimAsync(new Retention(TimeSpan.FromDays(2), null), Noon, Cancel);

        Assert.Equal(new TrimResult(2, 1), gone);
        Assert.Empty(await store.FindTraceAsync(1, Cancel));
        Assert.Single(await store.FindTraceAsync(3, Cancel));
        Assert.Single(await store.ScanAsync(0, long.MaxValue, Cancel).ToArrayAsync(Cancel));
        Assert.Equal([3u, 2u], (await store.ListRunsAsync(new RunFilter(), Cancel)).Select(run => (uint)run.TraceId));
        Assert.Equal((1, 2), ((await store.MeasureAsync(Cancel)).Spans, (await store.MeasureAsync(Cancel)).Runs));
    }

    [Fact]
    public async Task Trim_WhileOthersWrite_LosesNothingNew()
    {
        await using ITraceStore store = await CreateAsync();
        for (int i = 0; i < 200; i++)
            await store.AppendAsync([Blocks.Of((1, $"old {i}"))], Noon.AddDays(-3), Cancel);

        Task trimming = Task.Run(async () => await store.TrimAsync(new Retention(TimeSpan.FromDays(2), null), Noon, Cancel), Cancel);
        for (int i = 0; i < 50; i++)
            await store.AppendAsync([Blocks.Of((2, $"new {i}"))], Noon, Cancel);
        await trimming;

        Assert.Equal(50, (await store.FindTraceAsync(2, Cancel)).Count);
        Assert.Equal(50, (await store.MeasureAsync(Cancel)).Spans);
    }

    protected static StoredRun Run(UInt128 trace, string outcome, DateTimeOffset finished) =>
        new() { TraceId = trace, Outcome = outcome, FinishedAt = finished, Steps = 3, Document = new byte[] { 9 } };
}
