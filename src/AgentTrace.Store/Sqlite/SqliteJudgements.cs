using AgentTrace.Store.Judgements;
using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>Outcomes and labels in SQLite.</summary>
internal static class SqliteJudgements
{
    public static void Save(SqliteConnection connection, PostedOutcome outcome)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO outcomes (trace, outcome, expected, note, at) VALUES ($trace, $outcome, $expected, $note, $at)";
        SqliteRuns.Bind(command, ("$trace", BlockDirectory.Key(outcome.TraceId)), ("$outcome", outcome.Outcome), ("$expected", outcome.ExpectedAnswer),
            ("$note", outcome.Note), ("$at", SqliteRuns.Micros(outcome.At)));
        command.ExecuteNonQuery();
    }

    public static PostedOutcome? FindOutcome(SqliteConnection connection, UInt128 traceId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT outcome, expected, note, at FROM outcomes WHERE trace = $trace";
        SqliteRuns.Bind(command, ("$trace", BlockDirectory.Key(traceId)));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read()
            ? new PostedOutcome(traceId, reader.GetString(0), SqliteRuns.Text(reader, 1), SqliteRuns.Text(reader, 2), SqliteRuns.Time(reader.GetInt64(3)))
            : null;
    }

    public static void Save(SqliteConnection connection, PostedLabel label)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT OR REPLACE INTO labels (trace, said_by, agent, step, reason, at) VALUES ($trace, $by, $agent, $step, $reason, $at)";
        SqliteRuns.Bind(command, ("$trace", BlockDirectory.Key(label.TraceId)), ("$by", label.By), ("$agent", label.Agent), ("$step", label.Step),
            ("$reason", label.Reason), ("$at", SqliteRuns.Micros(label.At)));
        command.ExecuteNonQuery();
    }

    public static IReadOnlyList<PostedLabel> ListLabels(SqliteConnection connection, UInt128? traceId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT trace, agent, step, reason, said_by, at FROM labels WHERE $trace IS NULL OR trace = $trace ORDER BY trace, said_by";
        SqliteRuns.Bind(command, ("$trace", traceId is { } id ? BlockDirectory.Key(id) : null));
        using SqliteDataReader reader = command.ExecuteReader();
        var labels = new List<PostedLabel>();
        while (reader.Read())
            labels.Add(new PostedLabel(BlockDirectory.FromKey(reader.GetFieldValue<byte[]>(0)), reader.GetString(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4), SqliteRuns.Time(reader.GetInt64(5))));
        return labels;
    }
}
