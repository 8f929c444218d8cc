using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>The kinds of spans seen. Each is written once a day: that is often enough to know which are long gone.</summary>
internal sealed class SqliteOperations
{
    /// <summary>Names that carry ids have no end: what is remembered is forgotten when there is this much.</summary>
    private const int MostRemembered = 100_000;

    // Only the one writer comes here.
    private readonly HashSet<(ServiceOperation Operation, long Day)> _written = [];

    public void Note(SqliteConnection connection, IEnumerable<ServiceOperation> operations, DateTimeOffset written)
    {
        long day = written.ToUnixTimeSeconds() / 86_400;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO operations (service, name, kind, seen) VALUES ($service, $name, $kind, $seen) ON CONFLICT DO UPDATE SET seen = max(seen, $seen)";
        SqliteParameter service = command.Parameters.Add("$service", SqliteType.Text), name = command.Parameters.Add("$name", SqliteType.Text), kind = command.Parameters.Add("$kind", SqliteType.Integer);
        command.Parameters.AddWithValue("$seen", written.ToUnixTimeMilliseconds());
        foreach (ServiceOperation operation in operations)
        {
            if (_written.Count >= MostRemembered)
                _written.Clear();
            if (!_written.Add((operation, day)))
                continue;
            (service.Value, name.Value, kind.Value) = (operation.Service, operation.Name, operation.Kind);
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Has everything written once more.</summary>
    public void Forget() => _written.Clear();

    public static IReadOnlyList<ServiceOperation> List(SqliteConnection connection, string? service)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT service, name, kind FROM operations WHERE $service IS NULL OR service = $service ORDER BY service, name, kind";
        command.Parameters.AddWithValue("$service", (object?)service ?? DBNull.Value);
        using SqliteDataReader reader = command.ExecuteReader();
        var operations = new List<ServiceOperation>();
        while (reader.Read())
            operations.Add(new ServiceOperation(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return operations;
    }
}
