using System.Security.Cryptography;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Sqlite;
using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Tests;

public sealed class SqliteTraceStoreTests : TraceStoreContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-store-");

    private string File => Path.Combine(_folder.FullName, "store.db");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override async Task<ITraceStore> CreateAsync()
    {
        var store = new SqliteTraceStore(File);
        await store.OpenAsync(Cancel);
        return store;
    }

    protected override async Task<ITraceStore> ReopenAsync(ITraceStore store)
    {
        await store.DisposeAsync();
        return await CreateAsync();
    }

    [Fact]
    public async Task Trim_BySize_LetsGoTheOldestUntilItFitsAndGivesTheDiskBack()
    {
        await using ITraceStore store = await CreateAsync();
        string noise = Convert.ToHexString(RandomNumberGenerator.GetBytes(64 * 1024));
        for (uint i = 1; i <= 40; i++)
            await store.AppendAsync([Blocks.Of((i, noise[(int)i..]))], DateTimeOffset.UnixEpoch.AddMinutes(i), Cancel);
        long before = (await store.MeasureAsync(Cancel)).Bytes;

        await store.TrimAsync(new Retention(null, before / 2), DateTimeOffset.UnixEpoch, Cancel);

        StoreSize after = await store.MeasureAsync(Cancel);
        Assert.InRange(after.Bytes, 1, before / 2);
        Assert.InRange(after.Spans, 1, 39);
        Assert.Empty(await store.FindTraceAsync(1, Cancel));
        Assert.Single(await store.FindTraceAsync(40, Cancel));
    }

    [Fact]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        await using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await using SqliteCommand create = other.CreateCommand();
            create.CommandText = "CREATE TABLE theirs (x)";
            await create.ExecuteNonQueryAsync(Cancel);
        }

        byte[] before = await System.IO.File.ReadAllBytesAsync(File, Cancel);
        await using var store = new SqliteTraceStore(File);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());

        Assert.Contains(File, refused.Message, StringComparison.Ordinal);
        Assert.Contains("another program's", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await System.IO.File.ReadAllBytesAsync(File, Cancel));
    }

    [Fact]
    public async Task Open_NewerVersionsFile_IsRefused()
    {
        await (await CreateAsync()).DisposeAsync();
        await using (var newer = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await newer.OpenAsync(Cancel);
            await using SqliteCommand command = newer.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            await command.ExecuteNonQueryAsync(Cancel);
        }

        await using var store = new SqliteTraceStore(File);

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());
        Assert.Contains("999", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FolderThatIsNotThere_SaysWhichFile()
    {
        await using var store = new SqliteTraceStore(Path.Combine(_folder.FullName, "absent", "store.db"));

        StoreException refused = await Assert.ThrowsAsync<StoreException>(() => store.OpenAsync(Cancel).AsTask());
        Assert.Contains("absent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpansOf_DamagedBlock_SaysSo()
    {
        await using ITraceStore store = await CreateAsync();
        await store.AppendAsync([Blocks.Of((1, "abc"))], DateTimeOffset.UnixEpoch, Cancel);
        StoredBlock block = Assert.Single(await store.FindTraceAsync(1, Cancel));

        Assert.Throws<StoreException>(() => (block with { Data = new byte[] { 1, 2, 3 } }).SpansOf(1));
        Assert.Throws<StoreException>(() => (block with { RawBytes = block.RawBytes + 1 }).SpansOf(1));
    }
}
