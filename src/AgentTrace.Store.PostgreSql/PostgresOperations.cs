using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using AgentTrace.Store.Spans;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>The kinds of spans seen. A node writes each once a day: that is often enough to know which are long gone.</summary>
internal sealed class PostgresOperations
{
    /// <summary>Names that carry ids have no end: what is remembered is forgotten when there is this much.</summary>
    private const int MostRemembered = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<(ServiceOperation Operation, long Day)> _written = [];

    public async ValueTask NoteAsync(NpgsqlConnection connection, IEnumerable<ServiceOperation> operations, DateTimeOffset written, CancellationToken cancellationToken)
    {
        long day = PostgresDays.DayOf(written);
        (byte[] Key, ServiceOperation Operation)[] news = [.. operations.Distinct().Where(operation => IsNew(operation, day))
            .Select(operation => (KeyOf(operation), operation)).OrderBy(one => Convert.ToHexString(one.Item1), StringComparer.Ordinal)];
        if (news.Length == 0)
            return;
        await using NpgsqlCommand command = connection.Command("""
            INSERT INTO agenttrace.operations AS o (key, service, name, kind, seen) SELECT key, service, name, kind, $5 FROM unnest($1, $2, $3, $4) AS n (key, service, name, kind)
            ON CONFLICT (key) DO UPDATE SET seen = GREATEST(o.seen, excluded.seen)
            """,
            (NpgsqlDbType.Array | NpgsqlDbType.Bytea, news.Select(one => one.Key).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Text, news.Select(one => PostgresValues.Text(one.Operation.Service)).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Text, news.Select(one => PostgresValues.Text(one.Operation.Name)).ToArray()),
            (NpgsqlDbType.Array | NpgsqlDbType.Integer, news.Select(one => one.Operation.Kind).ToArray()),
            (NpgsqlDbType.Bigint, written.ToUnixTimeMilliseconds()));
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has everything written once more: what was noted went away with its transaction.</summary>
    public void Forget()
    {
        lock (_lock)
            _written.Clear();
    }

    public static async ValueTask<IReadOnlyList<ServiceOperation>> ListAsync(NpgsqlConnection connection, string? service, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT service, name, kind FROM agenttrace.operations WHERE $1 IS NULL OR service = $1 ORDER BY service, name, kind",
            (NpgsqlDbType.Text, PostgresValues.Text(service)));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var operations = new List<ServiceOperation>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            operations.Add(new ServiceOperation(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
        return operations;
    }

    private bool IsNew(ServiceOperation operation, long day)
    {
        lock (_lock)
        {
            if (_written.Count >= MostRemembered)
                _written.Clear();
            return _written.Add((operation, day));
        }
    }

    /// <summary>A hash: a span's name may be longer than an entry of an index.</summary>
    private static byte[] KeyOf(ServiceOperation operation)
    {
        byte[] service = Encoding.UTF8.GetBytes(operation.Service), name = Encoding.UTF8.GetBytes(operation.Name);
        byte[] whole = new byte[8 + service.Length + name.Length];
        BinaryPrimitives.WriteInt32LittleEndian(whole, operation.Kind);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(4), service.Length);
        service.CopyTo(whole, 8);
        name.CopyTo(whole, 8 + service.Length);
        return XxHash128.Hash(whole);
    }
}
