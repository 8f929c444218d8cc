using System.Text;
using AgentTrace.Store.Spans;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Values as the server takes them.</summary>
internal static class PostgresValues
{
    private const int LongestInIndex = 200;

    /// <summary>A trace id as a uuid: 16 bytes, in the order of its bytes.</summary>
    public static Guid Uuid(UInt128 traceId) => new(BlockDirectory.Key(traceId), bigEndian: true);

    public static UInt128 Number(Guid uuid)
    {
        Span<byte> key = stackalloc byte[16];
        uuid.TryWriteBytes(key, bigEndian: true, out _);
        return BlockDirectory.FromKey(key);
    }

    /// <summary>
    /// The server's text knows no NUL and no half of a surrogate pair: one span with such a name must not keep all others out of the store. The
    /// spans' own bytes are kept as they are.
    /// </summary>
    public static string? Text(string? text)
    {
        if (text is null)
            return null;
        string whole = text.Any(char.IsSurrogate) ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
        return whole.Replace('\0', '\uFFFD');
    }

    /// <summary>A text that an index holds: its beginning, since an entry of an index has a largest size.</summary>
    public static string? Beginning(string? text) => Text(text is { Length: > LongestInIndex } ? text[..LongestInIndex] : text);

    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<(NpgsqlDbType Type, object? Value)> values)
    {
#pragma warning disable CA2100 // Put together from constants of this project; every value is a parameter.
        var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach ((NpgsqlDbType type, object? value) in values)
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return command;
    }

    public static async ValueTask<int> RunAsync(this NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<long> NumberAsync(this NpgsqlCommand command, CancellationToken cancellationToken) =>
        Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), System.Globalization.CultureInfo.InvariantCulture);

    public static string? NullableText(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
