using AgentTrace.Store.Judgements;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Outcomes and labels in PostgreSQL.</summary>
internal static class PostgresJudgements
{
    public static async ValueTask<int> SaveAsync(NpgsqlConnection connection, PostedOutcome outcome, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("""
            INSERT INTO agenttrace.outcomes (trace, outcome, expected, note, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (trace) DO UPDATE SET outcome = excluded.outcome, expected = excluded.expected, note = excluded.note, at = excluded.at
            """, (NpgsqlDbType.Uuid, PostgresValues.Uuid(outcome.TraceId)), (NpgsqlDbType.Text, PostgresValues.Text(outcome.Outcome)),
            (NpgsqlDbType.Text, PostgresValues.Text(outcome.ExpectedAnswer)), (NpgsqlDbType.Text, PostgresValues.Text(outcome.Note)), (NpgsqlDbType.Bigint, PostgresValues.Micros(outcome.At)));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<PostedOutcome?> FindOutcomeAsync(NpgsqlConnection connection, UInt128 traceId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT outcome, expected, note, at FROM agenttrace.outcomes WHERE trace = $1", (NpgsqlDbType.Uuid, PostgresValues.Uuid(traceId)));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new PostedOutcome(traceId, reader.GetString(0), reader.NullableText(1), reader.NullableText(2), PostgresValues.Time(reader.GetInt64(3)))
            : null;
    }

    public static async ValueTask<int> SaveAsync(NpgsqlConnection connection, PostedLabel label, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("""
            INSERT INTO agenttrace.labels (trace, said_by, agent, step, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (trace, md5(said_by)) DO UPDATE SET agent = excluded.agent, step = excluded.step, reason = excluded.reason, at = excluded.at
            """, (NpgsqlDbType.Uuid, PostgresValues.Uuid(label.TraceId)), (NpgsqlDbType.Text, PostgresValues.Text(label.By)), (NpgsqlDbType.Text, PostgresValues.Text(label.Agent)),
            (NpgsqlDbType.Integer, label.Step), (NpgsqlDbType.Text, PostgresValues.Text(label.Reason)), (NpgsqlDbType.Bigint, PostgresValues.Micros(label.At)));
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(NpgsqlConnection connection, UInt128? traceId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT trace, agent, step, reason, said_by, at FROM agenttrace.labels WHERE $1 IS NULL OR trace = $1 ORDER BY trace, said_by",
            (NpgsqlDbType.Uuid, traceId is { } id ? PostgresValues.Uuid(id) : null));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var labels = new List<PostedLabel>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            labels.Add(new PostedLabel(PostgresValues.Number(reader.GetGuid(0)), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4), PostgresValues.Time(reader.GetInt64(5))));
        return labels;
    }
}
