using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>Runs in SQLite.</summary>
internal static class SqliteRuns
{
    private const string Columns = "trace, name, outcome, steps, finished, verdict, agent, step, category, method, confidence, service";

    public static void Save(SqliteConnection connection, StoredRun run)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            INSERT INTO runs ({Columns}, document)
            VALUES ($trace, $name, $outcome, $steps, $finished, $verdict, $agent, $step, $category, $method, $confidence, $service, $document)
            ON CONFLICT (trace) DO UPDATE SET name = excluded.name, outcome = excluded.outcome, steps = excluded.steps, finished = excluded.finished,
                verdict = excluded.verdict, agent = excluded.agent, step = excluded.step, category = excluded.category, method = excluded.method,
                confidence = excluded.confidence, service = excluded.service, document = excluded.document
            """;
        Bind(command, ("$trace", BlockDirectory.Key(run.TraceId)), ("$name", run.Name), ("$outcome", run.Outcome), ("$steps", run.Steps),
            ("$finished", Micros(run.FinishedAt)), ("$verdict", run.Verdict), ("$agent", run.Agent), ("$step", run.Step), ("$category", run.Category),
            ("$method", run.Method), ("$confidence", run.Confidence), ("$service", run.Service), ("$document", run.Document.ToArray()));
        command.ExecuteNonQuery();
    }

    public static StoredRun? Find(SqliteConnection connection, UInt128 traceId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns}, document FROM runs WHERE trace = $trace";
        Bind(command, ("$trace", BlockDirectory.Key(traceId)));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? Run(reader) with { Document = reader.GetFieldValue<byte[]>(12) } : null;
    }

    public static IReadOnlyList<StoredRun> List(SqliteConnection connection, RunFilter filter)
    {
        using SqliteCommand command = connection.CreateCommand();
        var conditions = new List<string>();
        void Where(string condition, string name, object? value)
        {
            if (value is null)
                return;
            conditions.Add(condition);
            Bind(command, (name, value));
        }

        Where("outcome = $outcome", "$outcome", filter.Outcome);
        Where("name = $name", "$name", filter.Name);
        Where("service = $service", "$service", filter.Service);
        Where("agent = $agent", "$agent", filter.Agent);
        Where("step = $step", "$step", filter.Step);
        Where("category = $category", "$category", filter.Category);
        Where("finished >= $since", "$since", filter.Since is { } since ? Micros(since) : null);
        Where("finished < $until", "$until", filter.Until is { } until ? Micros(until) : null);
        if (filter.After is { } after)
        {
            Where("(finished, trace) < ($finished, $trace)", "$finished", Micros(after.FinishedAt));
            Bind(command, ("$trace", BlockDirectory.Key(after.TraceId)));
        }

        Bind(command, ("$limit", filter.Limit));
#pragma warning disable CA2100 // Put together from the constants above; every value is a parameter.
        command.CommandText = $"SELECT {Columns} FROM runs {(conditions.Count > 0 ? "WHERE " : "")}{string.Join(" AND ", conditions)} ORDER BY finished DESC, trace DESC LIMIT $limit";
#pragma warning restore CA2100
        using SqliteDataReader reader = command.ExecuteReader();
        var runs = new List<StoredRun>();
        while (reader.Read())
            runs.Add(Run(reader));
        return runs;
    }

    public static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    public static void Bind(SqliteCommand command, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach ((string name, object? value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
    }

    public static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static StoredRun Run(SqliteDataReader reader) => new()
    {
        TraceId = BlockDirectory.FromKey(reader.GetFieldValue<byte[]>(0)),
        Name = Text(reader, 1),
        Outcome = reader.GetString(2),
        Steps = reader.GetInt32(3),
        FinishedAt = Time(reader.GetInt64(4)),
        Verdict = Text(reader, 5),
        Agent = Text(reader, 6),
        Step = reader.IsDBNull(7) ? null : reader.GetInt32(7),
        Category = Text(reader, 8),
        Method = Text(reader, 9),
        Confidence = reader.IsDBNull(10) ? null : reader.GetDouble(10),
        Service = Text(reader, 11),
    };
}
