using AgentTrace.Store.Jobs;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Runs to be judged, as rows that nodes take by <c>FOR UPDATE SKIP LOCKED</c> and hold by a lease.</summary>
internal static class PostgresJobs
{
    /// <summary>A run that ended so many nodes while they judged it is left alone until something new comes for it.</summary>
    private const int MostAttempts = 5;

    public static async ValueTask WatchAsync(NpgsqlConnection connection, IReadOnlyCollection<RunWatch> watches, CancellationToken cancellationToken)
    {
        if (watches.Count == 0)
            return;

        // Once each, and in one order for all nodes: two writes that share traces must not wait for each other in a circle.
        RunWatch[] ordered = [.. watches.GroupBy(watch => watch.TraceId).Select(same => same.MinBy(watch => watch.Wait) with { MayHaveFailed = same.Any(watch => watch.MayHaveFailed) }).OrderBy(watch => watch.TraceId)];
        await using NpgsqlCommand command = connection.Command("""
            INSERT INTO agenttrace.jobs AS j (trace, wait, signs, due)
            SELECT trace, wait, signs, clock_timestamp() + wait * interval '1 millisecond' FROM unnest($1, $2, $3) AS w (trace, wait, signs)
            ON CONFLICT (trace) DO UPDATE SET wait = LEAST(j.wait, excluded.wait), signs = j.signs OR excluded.signs, due = clock_timestamp() + LEAST(j.wait, excluded.wait) * interval '1 millisecond',
                version = j.version + 1, attempts = 0, touched = clock_timestamp()
            """,
            (NpgsqlDbType.Array | NpgsqlDbType.Uuid, ordered.Select(watch => PostgresValues.Uuid(watch.TraceId)).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Bigint, ordered.Select(watch => (long)watch.Wait.TotalMilliseconds).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Boolean, ordered.Select(watch => watch.MayHaveFailed).ToArray()));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<IReadOnlyList<RunJob>> TakeAsync(NpgsqlConnection connection, int most, TimeSpan lease, CancellationToken cancellationToken)
    {
        var taken = new List<RunJob>();
        foreach (string kind in (string[])["signs", "NOT signs"])
            if (taken.Count < most)
                await TakeAsync(connection, kind, most - taken.Count, lease, taken, cancellationToken).ConfigureAwait(false);
        return taken;
    }

    public static async ValueTask<bool> KeepAsync(NpgsqlConnection connection, RunJob job, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("UPDATE agenttrace.jobs SET leased_until = clock_timestamp() + $3 WHERE trace = $1 AND lease = $2",
            (NpgsqlDbType.Uuid, PostgresValues.Uuid(job.TraceId)), (NpgsqlDbType.Uuid, job.Lease), (NpgsqlDbType.Interval, lease));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    /// <summary>In the caller's transaction: the row stays locked, so that nobody takes the job until the decision is stored whole.</summary>
    public static async ValueTask<bool> DecideAsync(NpgsqlConnection connection, RunJob job, RunDecision decision, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("UPDATE agenttrace.jobs SET state = $3, outbox = $4 WHERE trace = $1 AND lease = $2",
            (NpgsqlDbType.Uuid, PostgresValues.Uuid(job.TraceId)), (NpgsqlDbType.Uuid, job.Lease),
            (NpgsqlDbType.Bytea, decision.State.ToArray()), (NpgsqlDbType.Bytea, decision.Outbox.IsEmpty ? null : decision.Outbox.ToArray()));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 1;
    }

    public static async ValueTask FinishAsync(NpgsqlConnection connection, RunJob job, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("""
            UPDATE agenttrace.jobs SET outbox = NULL, lease = NULL, leased_until = NULL, attempts = 0, due = CASE WHEN version = $3 THEN NULL ELSE due END
            WHERE trace = $1 AND lease = $2
            """, (NpgsqlDbType.Uuid, PostgresValues.Uuid(job.TraceId)), (NpgsqlDbType.Uuid, job.Lease), (NpgsqlDbType.Bigint, job.Version));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask ReleaseAsync(NpgsqlConnection connection, RunJob job, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("UPDATE agenttrace.jobs SET lease = NULL, leased_until = NULL, attempts = GREATEST(attempts - 1, 0) WHERE trace = $1 AND lease = $2",
            (NpgsqlDbType.Uuid, PostgresValues.Uuid(job.TraceId)), (NpgsqlDbType.Uuid, job.Lease));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask TakeAsync(NpgsqlConnection connection, string kind, int most, TimeSpan lease, List<RunJob> taken, CancellationToken cancellationToken)
    {
        var owner = Guid.NewGuid();
        await using NpgsqlCommand command = connection.Command($"""
            WITH next AS (
                SELECT trace FROM agenttrace.jobs
                WHERE {kind} AND due <= clock_timestamp() AND (leased_until IS NULL OR leased_until <= clock_timestamp()) AND attempts < $4
                ORDER BY due LIMIT $1 FOR UPDATE SKIP LOCKED)
            UPDATE agenttrace.jobs j SET lease = $2, leased_until = clock_timestamp() + $3, attempts = attempts + 1
            FROM next WHERE j.trace = next.trace
            RETURNING j.trace, j.version, j.signs, COALESCE(j.state, ''), COALESCE(j.outbox, '')
            """, (NpgsqlDbType.Integer, most), (NpgsqlDbType.Uuid, owner), (NpgsqlDbType.Interval, lease), (NpgsqlDbType.Integer, MostAttempts));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            taken.Add(new RunJob(PostgresValues.Number(reader.GetGuid(0)), owner, reader.GetInt64(1), reader.GetBoolean(2), reader.GetFieldValue<byte[]>(3), reader.GetFieldValue<byte[]>(4)));
    }
}
