using Npgsql;

namespace AgentTrace.Store.PostgreSql;

/// <summary>The database's connections, and the server's errors in the store's words.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly string _name;

    public PostgresDatabase(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        _name = $"PostgreSQL store {builder.Host}:{builder.Port}/{builder.Database ?? builder.Username}";
        _source = NpgsqlDataSource.Create(connectionString);
    }

    /// <summary>Runs it on a connection of its own.</summary>
    public async ValueTask<T> UseAsync<T>(Func<NpgsqlConnection, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await use(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw Wrong(e);
        }
    }

    /// <summary>Runs it in a transaction of its own.</summary>
    public ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, ValueTask<T>> write, CancellationToken cancellationToken) =>
        UseAsync(async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            T result = await write(connection).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return result;
        }, cancellationToken);

    public StoreException Wrong(string what) => new($"{_name}: {what}");

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private StoreException Wrong(Exception e) => new($"{_name}: {e.Message}{Hint(e)}", e);

    private static string Hint(Exception e) => e switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => "; create it first: createdb -E UTF8 NAME",
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } => "; check user and password",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => "; the user must be allowed to create a schema in this database",
        { InnerException: System.Net.Sockets.SocketException } => "; is the server running, and may it be reached from here?",
        _ => "",
    };
}
