using System.Globalization;
using Npgsql;

namespace AgentTrace.Store.PostgreSql;

/// <summary>The days' partitions: the day is in the upper bits of a block's id, and a day's blocks lie in tables of their own.</summary>
internal sealed class PostgresDays
{
    /// <summary>Bits for a block's place in its day.</summary>
    public const int Shift = 40;

    private const long PartitionLock = 0x41675472_02;
    private static readonly string[] Tables = ["blocks", "block_filters", "traces"];

    private readonly Lock _lock = new();
    private readonly HashSet<long> _known = [];

    public static long DayOf(DateTimeOffset written) => Math.Max(0, written.ToUnixTimeSeconds() / 86_400);

    /// <summary>Makes the day's tables where they are not there yet; outside of the caller's transaction, so that others see them at once.</summary>
    public async ValueTask MakeAsync(PostgresDatabase database, long day, CancellationToken cancellationToken)
    {
        lock (_lock)
            if (_known.Contains(day))
                return;
        await database.WriteAsync(async connection =>
        {
            await connection.RunAsync($"SELECT pg_advisory_xact_lock({PartitionLock})", cancellationToken).ConfigureAwait(false);
            foreach (string table in Tables)
            {
                // A filter stays in its row: a search reads all of them.
                string with = table == "block_filters" ? " WITH (toast_tuple_target = 8160)" : "";
                await connection.RunAsync(string.Create(CultureInfo.InvariantCulture,
                    $"CREATE TABLE IF NOT EXISTS agenttrace.{table}_{day} PARTITION OF agenttrace.{table} FOR VALUES FROM ({day << Shift}) TO ({(day + 1) << Shift}){with}"), cancellationToken).ConfigureAwait(false);
            }

            return 0;
        }, cancellationToken).ConfigureAwait(false);
        lock (_lock)
            _known.Add(day);
    }

    /// <summary>Somebody may have dropped a day: looks again from now on.</summary>
    public void Forget()
    {
        lock (_lock)
            _known.Clear();
    }

    /// <summary>The days that are there, the oldest first.</summary>
    public static async ValueTask<IReadOnlyList<long>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("""
            SELECT substr(c.relname, 8)::bigint FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'agenttrace.blocks'::regclass ORDER BY 1
            """);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var days = new List<long>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            days.Add(reader.GetInt64(0));
        return days;
    }

    /// <summary>Lets a day go; returns how many spans it held. Null when others were in its way for too long: they go first, it is tried again later.</summary>
    public async ValueTask<long?> DropAsync(PostgresDatabase database, long day, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(async connection =>
            {
                await connection.RunAsync("SET LOCAL lock_timeout = '2s'", cancellationToken).ConfigureAwait(false);
                await using NpgsqlCommand spans = connection.Command(string.Create(CultureInfo.InvariantCulture, $"SELECT COALESCE(SUM(spans), 0) FROM agenttrace.blocks_{day}"));
                long held = await spans.NumberAsync(cancellationToken).ConfigureAwait(false);
                await connection.RunAsync(string.Create(CultureInfo.InvariantCulture,
                    $"DROP TABLE agenttrace.blocks_{day}, agenttrace.block_filters_{day}, agenttrace.traces_{day}"), cancellationToken).ConfigureAwait(false);
                return held;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return null;
        }
        finally
        {
            Forget();
        }
    }
}
