using System.Globalization;
using AgentTrace.Store.Runs;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Runs in PostgreSQL.</summary>
internal static class PostgresRuns
{
    private const string Columns = "trace, name, outcome, steps, finished, verdict, agent, step, category, method, confidence, service";

    public static async ValueTask SaveAsync(NpgsqlConnection connection, StoredRun run, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command($"""
            INSERT INTO agenttrace.runs ({Columns}, document) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (trace) DO UPDATE SET name = excluded.name, outcome = excluded.outcome, steps = excluded.steps, finished = excluded.finished,
                verdict = excluded.verdict, agent = excluded.agent, step = excluded.step, category = excluded.category, method = excluded.method,
                confidence = excluded.confidence, service = excluded.service, document = excluded.document
            """,
            (NpgsqlDbType.Uuid, PostgresValues.Uuid(run.TraceId)), (NpgsqlDbType.Text, PostgresValues.Text(run.Name)), (NpgsqlDbType.Text, PostgresValues.Beginning(run.Outcome)),
            (NpgsqlDbType.Integer, run.Steps), (NpgsqlDbType.Bigint, PostgresValues.Micros(run.FinishedAt)), (NpgsqlDbType.Text, PostgresValues.Text(run.Verdict)),
            (NpgsqlDbType.Text, PostgresValues.Beginning(run.Agent)), (NpgsqlDbType.Integer, run.Step), (NpgsqlDbType.Text, PostgresValues.Text(run.Category)),
            (NpgsqlDbType.Text, PostgresValues.Text(run.Method)), (NpgsqlDbType.Double, run.Confidence),
            (NpgsqlDbType.Text, PostgresValues.Beginning(run.Service)), (NpgsqlDbType.Bytea, run.Document.ToArray()));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<StoredRun?> FindAsync(NpgsqlConnection connection, UInt128 traceId, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command($"SELECT {Columns}, document FROM agenttrace.runs WHERE trace = $1", (NpgsqlDbType.Uuid, PostgresValues.Uuid(traceId)));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? Run(reader) with { Document = reader.GetFieldValue<byte[]>(12) } : null;
    }

    public static async ValueTask<IReadOnlyList<StoredRun>> ListAsync(NpgsqlConnection connection, RunFilter filter, CancellationToken cancellationToken)
    {
        var values = new List<(NpgsqlDbType, object?)>();
        var conditions = new List<string>();
        string Next(NpgsqlDbType type, object? value)
        {
            values.Add((type, value));
            return "$" + values.Count.ToString(CultureInfo.InvariantCulture);
        }

        void Text(string column, string? value)
        {
            if (value is not null)
                conditions.Add($"{column} = {Next(NpgsqlDbType.Text, value)}");
        }

        Text("outcome", PostgresValues.Beginning(filter.Outcome));
        Text("name", PostgresValues.Text(filter.Name));
        Text("service", PostgresValues.Beginning(filter.Service));
        Text("agent", PostgresValues.Beginning(filter.Agent));
        Text("category", PostgresValues.Text(filter.Category));
        if (filter.Step is { } step)
            conditions.Add($"step = {Next(NpgsqlDbType.Integer, step)}");
        if (filter.Since is { } since)
            conditions.Add($"finished >= {Next(NpgsqlDbType.Bigint, PostgresValues.Micros(since))}");
        if (filter.Until is { } until)
            conditions.Add($"finished < {Next(NpgsqlDbType.Bigint, PostgresValues.Micros(until))}");
        if (filter.After is { } after)
            conditions.Add($"(finished, trace) < ({Next(NpgsqlDbType.Bigint, PostgresValues.Micros(after.FinishedAt))}, {Next(NpgsqlDbType.Uuid, PostgresValues.Uuid(after.TraceId))})");
        string where = conditions.Count > 0 ? $"WHERE {string.Join(" AND ", conditions)}" : "";
        await using NpgsqlCommand command = connection.Command(
            $"SELECT {Columns} FROM agenttrace.runs {where} ORDER BY finished DESC, trace DESC LIMIT {Next(NpgsqlDbType.Integer, filter.Limit)}", [.. values]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var runs = new List<StoredRun>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            runs.Add(Run(reader));
        return runs;
    }

    private static StoredRun Run(NpgsqlDataReader reader) => new()
    {
        TraceId = PostgresValues.Number(reader.GetGuid(0)),
        Name = reader.NullableText(1),
        Outcome = reader.GetString(2),
        Steps = reader.GetInt32(3),
        FinishedAt = PostgresValues.Time(reader.GetInt64(4)),
        Verdict = reader.NullableText(5),
        Agent = reader.NullableText(6),
        Step = reader.IsDBNull(7) ? null : reader.GetInt32(7),
        Category = reader.NullableText(8),
        Method = reader.NullableText(9),
        Confidence = reader.IsDBNull(10) ? null : reader.GetDouble(10),
        Service = reader.NullableText(11),
    };
}
