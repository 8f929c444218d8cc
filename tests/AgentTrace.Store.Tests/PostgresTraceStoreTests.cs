using System.Security.Cryptography;
using AgentTrace.Store.PostgreSql;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using AgentTrace.TestKit;
using Npgsql;

namespace AgentTrace.Store.Tests;

public sealed class PostgresTraceStoreTests : TraceStoreContract
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private string _database = "";

    protected override async Task<ITraceStore> CreateAsync() => await CreatePostgresAsync();

    protected override async Task<ITraceStore> ReopenAsync(ITraceStore store)
    {
        await store.DisposeAsync();
        return await OpenAsync();
    }

    [Fact]
    public async Task Open_ManyNodesAtOnce_OneMakesTheTables()
    {
        _database = await NewDatabaseAsync();

        ITraceStore[] nodes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));

        await Task.WhenAll(nodes.Select((node, i) => node.AppendAsync([Blocks.Of(((UInt128)(i + 1), $"from {i}"))], Noon, Cancel).AsTask()));
        Assert.Equal(6, (await nodes[0].ScanAsync(0, long.MaxValue, Cancel).ToArrayAsync(Cancel)).Length);
        foreach (ITraceStore node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Append_NamesThatPostgresCannotHold_LosesNothingElse()
    {
        await using ITraceStore store = await CreateAsync();
        using var builder = new SpanBlockBuilder();
        builder.Add(1, "x"u8);
        string huge = new('n', 100_000);
        foreach (string name in (string[])["a\0b", "half \uD800", huge, "good"])
            builder.Note(new ServiceOperation("s", name, 1), 1, 2, false);
        await store.AppendAsync([builder.Build()], Noon, Cancel);
        await store.SaveRunAsync(Run(1, "failure", Noon) with { Agent = "a\0gent", Name = huge, Category = huge }, Cancel);
        await store.SaveRunAsync(Run(2, "failure", Noon) with { Agent = huge }, Cancel);

        Assert.Equal(["a\uFFFDb", "good", "half \uFFFD", huge], (await store.ListOperationsAsync("s", Cancel)).Select(operation => operation.Name));
        Assert.Single(await store.FindTraceAsync(1, Cancel));
        Assert.Equal(2u, (uint)Assert.Single(await store.ListRunsAsync(new RunFilter { Agent = huge }, Cancel)).TraceId);
        Assert.Single(await store.ListRunsAsync(new RunFilter { Agent = "a\0gent" }, Cancel));
    }

    [Fact]
    public async Task Scan_OfMoreThanAPage_GivesEachOnce_AndMayBeLeftEarly()
    {
        await using ITraceStore store = await CreateAsync();
        for (int day = 0; day < 3; day++)
            await store.AppendAsync([.. Enumerable.Range(0, 70).Select(i => Blocks.Of((1, $"{day}/{i}")))], Noon.AddDays(day), Cancel);

        BlockHeader[] all = await store.ScanAsync(0, long.MaxValue, Cancel).ToArrayAsync(Cancel);
        BlockHeader first = await store.ScanAsync(0, long.MaxValue, Cancel).FirstAsync(Cancel);

        Assert.Equal(210, all.Select(header => header.Id).Distinct().Count());
        Assert.Equal(all.OrderByDescending(header => header.Id), all);
        Assert.Equal(all[0].Id, first.Id);
        Assert.Equal(210, (await store.FindTraceAsync(1, Cancel)).Count);
    }

    [Fact]
    public async Task Trim_BySize_LetsWholeDaysGoAndGivesTheDiskBack()
    {
        await using ITraceStore store = await CreateAsync();
        string noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(64 * 1024));
        for (int day = 0; day < 10; day++)
            for (int i = 0; i < 4; i++)
                await store.AppendAsync([Blocks.Of(((UInt128)((day * 4) + i + 1), noise[i..]))], Noon.AddDays(day), Cancel);
        long before = (await store.MeasureAsync(Cancel)).Bytes;

        await store.TrimAsync(new Retention(null, before / 2), Noon, Cancel);

        StoreSize after = await store.MeasureAsync(Cancel);
        Assert.InRange(after.Bytes, 1, before / 2);
        Assert.InRange(after.Spans, 4, 20);
        Assert.Empty(await store.FindTraceAsync(1, Cancel));
        Assert.Single(await store.FindTraceAsync(40, Cancel));
        await store.AppendAsync([Blocks.Of((50, "of a day that was let go"))], Noon, Cancel);
        Assert.Single(await store.FindTraceAsync(50, Cancel));
    }

    [Fact]
    public async Task Trim_BySizeWithinADay_LetsTheOldestGo()
    {
        await using ITraceStore store = await CreateAsync();
        string noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(64 * 1024));
        for (int i = 0; i < 80; i++)
            await store.AppendAsync([Blocks.Of(((UInt128)(i + 1), noise[i..]))], Noon.AddMinutes(i), Cancel);

        await store.TrimAsync(new Retention(null, (await store.MeasureAsync(Cancel)).Bytes / 2), Noon, Cancel);

        Assert.InRange((await store.MeasureAsync(Cancel)).Spans, 1, 79);
        Assert.Empty(await store.FindTraceAsync(1, Cancel));
        Assert.Single(await store.FindTraceAsync(80, Cancel));
    }

    [Fact]
    public async Task Open_AnotherProgramsSchema_IsRefusedAndLeftAlone()
    {
        _database = await NewDatabaseAsync();
        await RunAsync("CREATE SCHEMA agenttrace; CREATE TABLE agenttrace.theirs (x int)");
        await using var store = new PostgresTraceStore(_database);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());

        Assert.Contains("another program's", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync("INSERT INTO agenttrace.theirs VALUES (1)"));
    }

    [Fact]
    public async Task Open_NewerVersion_IsRefused()
    {
        await (await CreateAsync()).DisposeAsync();
        await RunAsync("UPDATE agenttrace.version SET number = 999");
        await using var store = new PostgresTraceStore(_database);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());

        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseOfAnotherEncoding_SaysWhatToDo()
    {
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        await using var store = new PostgresTraceStore(await (await PostgresServer.SharedAsync()).CreateDatabaseAsync("LATIN1"));

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());

        Assert.Contains("ENCODING 'UTF8'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_DatabaseThatIsNotThere_SaysWhichAndKeepsThePassword()
    {
        _database = await NewDatabaseAsync();
        await using var store = new PostgresTraceStore(_database + "0000;Password=hunter2");

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());

        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(PostgresServer.Absent is not null, PostgresServer.Absent ?? "");
        return await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
    }

    private async Task<PostgresTraceStore> CreatePostgresAsync()
    {
        _database = await NewDatabaseAsync();
        return (PostgresTraceStore)await OpenAsync();
    }

    private async Task<ITraceStore> OpenAsync()
    {
        var store = new PostgresTraceStore(_database);
        await store.OpenAsync(Cancel);
        return store;
    }

    private async Task<int> RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(Cancel);
    }
}
