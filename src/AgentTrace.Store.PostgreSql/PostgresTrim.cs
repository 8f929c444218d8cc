using AgentTrace.Store.Retaining;
using AgentTrace.Store.Spans;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Lets go what is old or too much: whole days by their tables, the rest a few blocks a transaction. One node at a time does it.</summary>
/// <remarks>Only a dropped table gives the disk its room back at once; what goes out of a day that stays leaves room for what comes.</remarks>
internal sealed class PostgresTrim(PostgresDatabase database, PostgresDays days)
{
    private const int BlocksAStep = 32, RunsAStep = 256;
    private const long TrimLock = 0x41675472_03;

    public ValueTask<TrimResult> RunAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.UseAsync(async alone =>
        {
            await using NpgsqlCommand turn = alone.Command($"SELECT pg_try_advisory_lock({TrimLock})");
            if (await turn.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not true)
                return default;
            try
            {
                return await TrimAsync(retention, now, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                await alone.RunAsync($"SELECT pg_advisory_unlock({TrimLock})", CancellationToken.None).ConfigureAwait(false);
            }
        }, cancellationToken);

    public ValueTask<StoreSize> MeasureAsync(CancellationToken cancellationToken) =>
        database.UseAsync(async connection =>
        {
            await using NpgsqlCommand spans = connection.Command("SELECT COALESCE(SUM(spans), 0) FROM agenttrace.blocks");
            await using NpgsqlCommand runs = connection.Command("SELECT COUNT(*) FROM agenttrace.runs");
            return new StoreSize(await spans.NumberAsync(cancellationToken).ConfigureAwait(false), await runs.NumberAsync(cancellationToken).ConfigureAwait(false),
                await BytesAsync(connection, cancellationToken).ConfigureAwait(false));
        }, cancellationToken);

    private async ValueTask<TrimResult> TrimAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (long spans, long runs) = (0, 0);
        if (retention.MaxAge is { } age)
        {
            DateTimeOffset oldest = now - age;
            spans += await DropDaysAsync(day => day < PostgresDays.DayOf(oldest), cancellationToken).ConfigureAwait(false);
            spans += await UntilNothingAsync(connection => DropBlocksAsync(connection, oldest.ToUnixTimeMilliseconds(), cancellationToken), cancellationToken).ConfigureAwait(false);
            runs += await UntilNothingAsync(connection => DropRunsAsync(connection, PostgresValues.Micros(oldest), cancellationToken), cancellationToken).ConfigureAwait(false);
            await database.WriteAsync(connection => DropRestAsync(connection, oldest, cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        if (retention.MaxBytes is { } bytes)
        {
            while (await database.UseAsync(connection => OldestToDropAsync(connection, bytes, cancellationToken), cancellationToken).ConfigureAwait(false) is { } day
                && await days.DropAsync(database, day, cancellationToken).ConfigureAwait(false) is { } held)
                spans += held;
            spans += await UntilNothingAsync(async connection => await IsOverAsync(connection, bytes, cancellationToken).ConfigureAwait(false) ? await DropBlocksAsync(connection, long.MaxValue, cancellationToken).ConfigureAwait(false) : 0, cancellationToken).ConfigureAwait(false);
            runs += await UntilNothingAsync(async connection => await IsOverAsync(connection, bytes, cancellationToken).ConfigureAwait(false) ? await DropRunsAsync(connection, long.MaxValue, cancellationToken).ConfigureAwait(false) : 0, cancellationToken).ConfigureAwait(false);
        }

        return new TrimResult(spans, runs);
    }

    private async ValueTask<long> DropDaysAsync(Func<long, bool> isOld, CancellationToken cancellationToken)
    {
        long spans = 0;
        IReadOnlyList<long> all = await database.UseAsync(connection => PostgresDays.ListAsync(connection, cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (long day in all.Where(isOld))
            spans += await days.DropAsync(database, day, cancellationToken).ConfigureAwait(false) ?? 0;
        return spans;
    }

    private async ValueTask<long> UntilNothingAsync(Func<NpgsqlConnection, ValueTask<long>> step, CancellationToken cancellationToken)
    {
        long total = 0;
        while (await database.WriteAsync(step, cancellationToken).ConfigureAwait(false) is > 0 and long done)
            total += done;
        return total;
    }

    /// <summary>The oldest day, when there is too much and more than one day.</summary>
    private static async ValueTask<long?> OldestToDropAsync(NpgsqlConnection connection, long bytes, CancellationToken cancellationToken)
    {
        if (await BytesAsync(connection, cancellationToken).ConfigureAwait(false) <= bytes)
            return null;
        IReadOnlyList<long> all = await PostgresDays.ListAsync(connection, cancellationToken).ConfigureAwait(false);
        return all.Count > 1 ? all[0] : null;
    }

    /// <summary>Whether both the tables and what lives in them are too large: room that is free again is no reason to let more go.</summary>
    private static async ValueTask<bool> IsOverAsync(NpgsqlConnection connection, long bytes, CancellationToken cancellationToken)
    {
        if (await BytesAsync(connection, cancellationToken).ConfigureAwait(false) <= bytes)
            return false;
        await using NpgsqlCommand live = connection.Command("SELECT COALESCE((SELECT SUM(bytes) FROM agenttrace.blocks), 0) + COALESCE((SELECT SUM(octet_length(document)) FROM agenttrace.runs), 0)");
        return await live.NumberAsync(cancellationToken).ConfigureAwait(false) > bytes;
    }

    private static async ValueTask<long> BytesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT COALESCE(SUM(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relnamespace = 'agenttrace'::regnamespace AND relkind = 'r'");
        return await command.NumberAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The oldest blocks that came before; returns how many spans they held.</summary>
    private static async ValueTask<long> DropBlocksAsync(NpgsqlConnection connection, long before, CancellationToken cancellationToken)
    {
        var ids = new List<long>();
        var traces = new List<(Guid Trace, long Block)>();
        long spans = 0;
        await using (NpgsqlCommand oldest = connection.Command("DELETE FROM agenttrace.blocks WHERE id IN (SELECT id FROM agenttrace.blocks WHERE written < $1 ORDER BY id LIMIT $2) RETURNING id, spans, directory",
            (NpgsqlDbType.Bigint, before), (NpgsqlDbType.Integer, BlocksAStep)))
        await using (NpgsqlDataReader reader = await oldest.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                long id = reader.GetInt64(0);
                ids.Add(id);
                spans += reader.GetInt32(1);
                traces.AddRange(BlockDirectory.Decode(reader.GetFieldValue<byte[]>(2)).Select(entry => entry.TraceId).Distinct().Select(trace => (PostgresValues.Uuid(trace), id)));
            }

        if (ids.Count == 0)
            return 0;
        await using NpgsqlCommand filters = connection.Command("DELETE FROM agenttrace.block_filters WHERE id = ANY($1)", (NpgsqlDbType.Array | NpgsqlDbType.Bigint, ids.ToArray()));
        await filters.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand entries = connection.Command("DELETE FROM agenttrace.traces t USING unnest($1, $2) AS g (trace, block) WHERE t.trace = g.trace AND t.block = g.block",
            (NpgsqlDbType.Array | NpgsqlDbType.Uuid, traces.Select(one => one.Trace).ToArray()), (NpgsqlDbType.Array | NpgsqlDbType.Bigint, traces.Select(one => one.Block).ToArray()));
        await entries.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return spans;
    }

    /// <summary>Labelled runs stay: they are what a team has taught.</summary>
    private static async ValueTask<long> DropRunsAsync(NpgsqlConnection connection, long before, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("""
            DELETE FROM agenttrace.runs WHERE trace IN (
                SELECT trace FROM agenttrace.runs r WHERE finished < $1 AND NOT EXISTS (SELECT 1 FROM agenttrace.labels l WHERE l.trace = r.trace)
                ORDER BY finished LIMIT $2)
            """, (NpgsqlDbType.Bigint, before), (NpgsqlDbType.Integer, RunsAStep));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<int> DropRestAsync(NpgsqlConnection connection, DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        // Operations are written once a day, so one is known to be gone only a day later.
        await using NpgsqlCommand operations = connection.Command("DELETE FROM agenttrace.operations WHERE seen < $1", (NpgsqlDbType.Bigint, oldest.AddDays(-1).ToUnixTimeMilliseconds()));
        await operations.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand outcomes = connection.Command("DELETE FROM agenttrace.outcomes o WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM agenttrace.runs r WHERE r.trace = o.trace)", (NpgsqlDbType.Bigint, PostgresValues.Micros(oldest)));
        await outcomes.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand jobs = connection.Command("DELETE FROM agenttrace.jobs WHERE touched < $1", (NpgsqlDbType.TimestampTz, oldest.UtcDateTime));
        return await jobs.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
