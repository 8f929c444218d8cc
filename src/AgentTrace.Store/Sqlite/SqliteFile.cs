using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>The file's connections: one that writes, in transactions one after the other, and as many as are needed that read.</summary>
/// <remarks>SQLite does its work on the caller's thread; what looks asynchronous here is only the wait for the writer's turn.</remarks>
internal sealed class SqliteFile(string path) : IDisposable
{
    private const string Tuning = "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768; PRAGMA mmap_size = 1073741824; PRAGMA wal_autocheckpoint = 4000;";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _source = new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = 30,
    }.ToString();

    private SqliteConnection? _writer;

    public void Open()
    {
        try
        {
            _writer = Connect();
            SqliteSchema.Migrate(_writer, path);
        }
        catch (SqliteException e)
        {
            throw Wrong(e);
        }
    }

    /// <summary>Runs it in a transaction of its own.</summary>
    public async ValueTask WriteAsync(Action<SqliteConnection> write, CancellationToken cancellationToken) =>
        await WriteAsync(connection =>
        {
            write(connection);
            return 0;
        }, cancellationToken).ConfigureAwait(false);

    /// <summary>Runs it in a transaction of its own.</summary>
    public async ValueTask<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteConnection connection = _writer ?? throw NotOpen();
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            T result = write(connection);
            transaction.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw Wrong(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Runs it on the writer's connection outside of a transaction.</summary>
    public async ValueTask MaintainAsync(string sql, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            SqliteSchema.Run(_writer ?? throw NotOpen(), sql);
        }
        catch (SqliteException e)
        {
            throw Wrong(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public ValueTask<T> Read<T>(Func<SqliteConnection, T> read)
    {
        try
        {
            using SqliteConnection connection = Connect();
            return new ValueTask<T>(read(connection));
        }
        catch (SqliteException e)
        {
            throw Wrong(e);
        }
    }

    /// <summary>A connection that reads; the caller disposes it, which gives it back to the pool.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_source);
        connection.Open();
        SqliteSchema.Run(connection, Tuning);
        return connection;
    }

    public void Dispose()
    {
        _writer?.Dispose();
        using (var pool = new SqliteConnection(_source))
            SqliteConnection.ClearPool(pool);
        _turn.Dispose();
    }

    private StoreException Wrong(SqliteException e) => new($"SQLite store {path}: {e.Message}", e);

    private InvalidOperationException NotOpen() => new($"The store {path} is used before it is opened.");
}
