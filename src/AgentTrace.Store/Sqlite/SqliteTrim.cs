using AgentTrace.Store.Retaining;
using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>Lets go what is old or too much, a few blocks a transaction, so that writers wait for milliseconds at most.</summary>
internal static class SqliteTrim
{
    private const int BlocksAStep = 32, RunsAStep = 256, PagesAStep = 512;

    public static async ValueTask<TrimResult> RunAsync(SqliteFile file, Retention retention, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (long spans, long runs) = (0, 0);
        if (retention.MaxAge is { } age)
        {
            DateTimeOffset oldest = now - age;
            spans += await UntilNothingAsync(() => file.WriteAsync(connection => DropBlocks(connection, oldest.ToUnixTimeMilliseconds()), cancellationToken)).ConfigureAwait(false);
            runs += await UntilNothingAsync(() => file.WriteAsync(connection => DropRuns(connection, SqliteRuns.Micros(oldest)), cancellationToken)).ConfigureAwait(false);
            await file.WriteAsync(connection => DropRest(connection, oldest), cancellationToken).ConfigureAwait(false);
        }

        if (retention.MaxBytes is { } bytes)
        {
            spans += await UntilNothingAsync(() => file.WriteAsync(connection => Bytes(connection) > bytes ? DropBlocks(connection, long.MaxValue) : 0, cancellationToken)).ConfigureAwait(false);
            runs += await UntilNothingAsync(() => file.WriteAsync(connection => Bytes(connection) > bytes ? DropRuns(connection, long.MaxValue) : 0, cancellationToken)).ConfigureAwait(false);
        }

        if (spans + runs > 0)
            await GiveBackAsync(file, cancellationToken).ConfigureAwait(false);
        return new TrimResult(spans, runs);
    }

    public static StoreSize Measure(SqliteConnection connection) => new(
        SqliteSchema.Number(connection, "SELECT COALESCE(SUM(spans), 0) FROM blocks"),
        SqliteSchema.Number(connection, "SELECT COUNT(*) FROM runs"),
        Bytes(connection));

    private static async ValueTask<long> UntilNothingAsync(Func<ValueTask<long>> step)
    {
        long total = 0;
        while (await step().ConfigureAwait(false) is > 0 and long done)
            total += done;
        return total;
    }

    /// <summary>The oldest blocks that came before; returns how many spans they held.</summary>
    private static long DropBlocks(SqliteConnection connection, long before)
    {
        var blocks = new List<(long Id, long Spans, BlockEntry[] Entries)>();
        using (SqliteCommand oldest = connection.CreateCommand())
        {
            oldest.CommandText = $"SELECT id, spans, directory FROM blocks WHERE written < $before ORDER BY id LIMIT {BlocksAStep}";
            SqliteRuns.Bind(oldest, ("$before", before));
            using SqliteDataReader reader = oldest.ExecuteReader();
            while (reader.Read())
                blocks.Add((reader.GetInt64(0), reader.GetInt64(1), BlockDirectory.Decode(reader.GetFieldValue<byte[]>(2))));
        }

        using SqliteCommand trace = connection.CreateCommand();
        trace.CommandText = "DELETE FROM traces WHERE trace = $trace AND block = $id";
        SqliteParameter traceId = trace.Parameters.Add("$trace", SqliteType.Blob), ofBlock = trace.Parameters.Add("$id", SqliteType.Integer);
        using SqliteCommand block = connection.CreateCommand();
        block.CommandText = "DELETE FROM blocks WHERE id = $id; DELETE FROM block_filters WHERE id = $id";
        SqliteParameter blockId = block.Parameters.Add("$id", SqliteType.Integer);
        foreach ((long id, _, BlockEntry[] entries) in blocks)
        {
            ofBlock.Value = blockId.Value = id;
            foreach (UInt128 of in entries.Select(entry => entry.TraceId).Distinct())
            {
                traceId.Value = BlockDirectory.Key(of);
                trace.ExecuteNonQuery();
            }

            block.ExecuteNonQuery();
        }

        return blocks.Sum(one => one.Spans);
    }

    /// <summary>Labelled runs stay: they are what a team has taught.</summary>
    private static long DropRuns(SqliteConnection connection, long before)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            DELETE FROM runs WHERE trace IN (
                SELECT trace FROM runs WHERE finished < $before AND NOT EXISTS (SELECT 1 FROM labels l WHERE l.trace = runs.trace)
                ORDER BY finished LIMIT {RunsAStep})
            """;
        SqliteRuns.Bind(command, ("$before", before));
        return command.ExecuteNonQuery();
    }

    private static void DropRest(SqliteConnection connection, DateTimeOffset oldest)
    {
        using SqliteCommand command = connection.CreateCommand();

        // Operations are written once a day, so one is known to be gone only a day later.
        command.CommandText = "DELETE FROM operations WHERE seen < $seen; DELETE FROM outcomes WHERE at < $at AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.trace = outcomes.trace)";
        SqliteRuns.Bind(command, ("$seen", oldest.AddDays(-1).ToUnixTimeMilliseconds()), ("$at", SqliteRuns.Micros(oldest)));
        command.ExecuteNonQuery();
    }

    private static long Bytes(SqliteConnection connection) =>
        (SqliteSchema.Number(connection, "PRAGMA page_count") - SqliteSchema.Number(connection, "PRAGMA freelist_count")) * SqliteSchema.Number(connection, "PRAGMA page_size");

    /// <summary>Gives the free pages back to the disk, some at a time.</summary>
    private static async ValueTask GiveBackAsync(SqliteFile file, CancellationToken cancellationToken)
    {
        while (await file.Read(connection => SqliteSchema.Number(connection, "PRAGMA freelist_count")).ConfigureAwait(false) > PagesAStep)
            await file.MaintainAsync($"PRAGMA incremental_vacuum({PagesAStep})", cancellationToken).ConfigureAwait(false);
    }
}
