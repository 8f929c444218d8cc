using System.Globalization;
using AgentTrace.Store.Spans;
using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>Blocks in SQLite.</summary>
internal static class SqliteSpans
{
    private static readonly string[] HeaderNumbers = ["$id", "$min", "$max", "$duration", "$errors"];

    public static void Append(SqliteConnection connection, IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, SqliteOperations operations)
    {
        using SqliteCommand block = connection.CreateCommand();
        block.CommandText = "INSERT INTO blocks (written, spans, raw_bytes, directory, data) VALUES ($written, $spans, $raw, $directory, $data) RETURNING id";
        SqliteParameter at = block.Parameters.AddWithValue("$written", written.ToUnixTimeMilliseconds());
        SqliteParameter spans = block.Parameters.Add("$spans", SqliteType.Integer), raw = block.Parameters.Add("$raw", SqliteType.Integer);
        SqliteParameter directory = block.Parameters.Add("$directory", SqliteType.Blob), data = block.Parameters.Add("$data", SqliteType.Blob);
        using SqliteCommand filter = connection.CreateCommand();
        filter.CommandText = "INSERT INTO block_filters (id, min_start, max_start, max_duration, errors, filter) VALUES ($id, $min, $max, $duration, $errors, $filter)";
        SqliteParameter[] header = [.. HeaderNumbers.Select(name => filter.Parameters.Add(name, SqliteType.Integer)), filter.Parameters.Add("$filter", SqliteType.Blob)];
        using SqliteCommand trace = connection.CreateCommand();
        trace.CommandText = "INSERT OR IGNORE INTO traces (trace, block) VALUES ($trace, $block)";
        SqliteParameter traceId = trace.Parameters.Add("$trace", SqliteType.Blob), inBlock = trace.Parameters.Add("$block", SqliteType.Integer);

        foreach (SpanBlock one in blocks)
        {
            (spans.Value, raw.Value, directory.Value, data.Value) = (one.Spans, one.RawBytes, BlockDirectory.Encode(one.Directory), one.Data.ToArray());
            long id = Convert.ToInt64(block.ExecuteScalar(), CultureInfo.InvariantCulture);
            (header[0].Value, header[1].Value, header[2].Value) = (id, one.MinStartUnixNano, one.MaxStartUnixNano);
            (header[3].Value, header[4].Value, header[5].Value) = (one.MaxDurationNano, one.Errors, one.Filter.ToArray());
            filter.ExecuteNonQuery();
            inBlock.Value = id;
            foreach (UInt128 of in one.Directory.Select(entry => entry.TraceId).Distinct())
            {
                traceId.Value = BlockDirectory.Key(of);
                trace.ExecuteNonQuery();
            }
        }

        operations.Note(connection, blocks.SelectMany(one => one.Operations), written);
    }

    public static IReadOnlyList<StoredBlock> Find(SqliteConnection connection, UInt128 traceId)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT b.id, b.raw_bytes, b.directory, b.data FROM traces t JOIN blocks b ON b.id = t.block WHERE t.trace = $trace ORDER BY t.block";
        command.Parameters.AddWithValue("$trace", BlockDirectory.Key(traceId));
        using SqliteDataReader reader = command.ExecuteReader();
        var blocks = new List<StoredBlock>();
        while (reader.Read())
            blocks.Add(Block(reader));
        return blocks;
    }

    public static StoredBlock? ReadBlock(SqliteConnection connection, long id)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, raw_bytes, directory, data FROM blocks WHERE id = $id";
        command.Parameters.AddWithValue("$id", id);
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? Block(reader) : null;
    }

    public static IEnumerable<BlockHeader> Scan(SqliteFile file, long from, long to)
    {
        using SqliteConnection connection = file.Connect();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, errors, max_duration, filter FROM block_filters WHERE max_start >= $from AND min_start <= $to ORDER BY id DESC";
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$to", to);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
            yield return new BlockHeader(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3));
    }

    private static StoredBlock Block(SqliteDataReader reader) =>
        new(reader.GetInt64(0), reader.GetInt32(1), BlockDirectory.Decode(reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3));
}
