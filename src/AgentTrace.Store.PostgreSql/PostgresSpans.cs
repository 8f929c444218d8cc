using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AgentTrace.Store.Spans;
using Npgsql;
using NpgsqlTypes;

namespace AgentTrace.Store.PostgreSql;

/// <summary>Blocks in PostgreSQL, written by binary COPY.</summary>
internal static class PostgresSpans
{
    private const int FirstPage = 64, LargestPage = 1024;

    public static async ValueTask AppendAsync(NpgsqlConnection connection, IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, CancellationToken cancellationToken)
    {
        if (blocks.Count == 0)
            return;
        long[] ids = await NewIdsAsync(connection, blocks.Count, PostgresDays.DayOf(written), cancellationToken).ConfigureAwait(false);
        byte[][] directories = [.. blocks.Select(block => BlockDirectory.Encode(block.Directory))];
        await CopyAsync(connection, "COPY agenttrace.blocks (id, written, spans, raw_bytes, bytes, directory, data) FROM STDIN (FORMAT BINARY)", blocks.Count, async (row, i) =>
        {
            SpanBlock block = blocks[i];
            await row.WriteAsync(ids[i], NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(written.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.Spans, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.RawBytes, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.Data.Length + block.Filter.Length + directories[i].Length, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(directories[i], NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.Data, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        await CopyAsync(connection, "COPY agenttrace.block_filters (id, min_start, max_start, max_duration, errors, filter) FROM STDIN (FORMAT BINARY)", blocks.Count, async (row, i) =>
        {
            SpanBlock block = blocks[i];
            await row.WriteAsync(ids[i], NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.MinStartUnixNano, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.MaxStartUnixNano, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.MaxDurationNano, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.Errors, NpgsqlDbType.Integer, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(block.Filter, NpgsqlDbType.Bytea, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
        (UInt128 Trace, long Block)[] traces = [.. blocks.SelectMany((block, i) => block.Directory.Select(entry => entry.TraceId).Distinct().Select(trace => (trace, ids[i])))];
        await CopyAsync(connection, "COPY agenttrace.traces (trace, block) FROM STDIN (FORMAT BINARY)", traces.Length, async (row, i) =>
        {
            await row.WriteAsync(PostgresValues.Uuid(traces[i].Trace), NpgsqlDbType.Uuid, cancellationToken).ConfigureAwait(false);
            await row.WriteAsync(traces[i].Block, NpgsqlDbType.Bigint, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    public static async ValueTask<IReadOnlyList<StoredBlock>> FindAsync(NpgsqlConnection connection, UInt128 traceId, CancellationToken cancellationToken)
    {
        // In two steps: with the ids in hand the server looks into the tables of their days alone.
        var ids = new List<long>();
        await using (NpgsqlCommand find = connection.Command("SELECT block FROM agenttrace.traces WHERE trace = $1", (NpgsqlDbType.Uuid, PostgresValues.Uuid(traceId))))
        await using (NpgsqlDataReader reader = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false))
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                ids.Add(reader.GetInt64(0));
        return ids.Count == 0 ? [] : await ReadAsync(connection, [.. ids], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The blocks of these ids that are still there, in the order they were stored.</summary>
    public static async ValueTask<IReadOnlyList<StoredBlock>> ReadAsync(NpgsqlConnection connection, long[] ids, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT id, raw_bytes, directory, data FROM agenttrace.blocks WHERE id = ANY($1) ORDER BY id", (NpgsqlDbType.Array | NpgsqlDbType.Bigint, ids));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var blocks = new List<StoredBlock>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add(new StoredBlock(reader.GetInt64(0), reader.GetInt32(1), BlockDirectory.Decode(reader.GetFieldValue<byte[]>(2)), reader.GetFieldValue<byte[]>(3)));
        return blocks;
    }

    /// <summary>By pages that grow: who looks for the latest stops early, and nobody holds a connection while he reads blocks.</summary>
    public static async IAsyncEnumerable<BlockHeader> ScanAsync(
        PostgresDatabase database, long from, long to, IReadOnlyCollection<ulong> tokens, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (long before, int size) = (long.MaxValue, FirstPage);
        while (true)
        {
            (long last, int most) = (before, size);
            List<BlockHeader> page = await database.UseAsync(connection => PageAsync(connection, from, to, tokens, last, most, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (BlockHeader header in page)
                yield return header;
            if (page.Count < size)
                yield break;
            (before, size) = (page[^1].Id, Math.Min(size * 2, LargestPage));
        }
    }

    private static async ValueTask<List<BlockHeader>> PageAsync(
        NpgsqlConnection connection, long from, long to, IReadOnlyCollection<ulong> tokens, long before, int size, CancellationToken cancellationToken)
    {
        // The server looks into the filters itself: what is looked for is mostly in few blocks, and all filters are many megabytes.
        var values = new List<(NpgsqlDbType, object?)> { (NpgsqlDbType.Bigint, before), (NpgsqlDbType.Bigint, from), (NpgsqlDbType.Bigint, to), (NpgsqlDbType.Integer, size) };
        var sql = new StringBuilder("SELECT id, errors, max_duration, filter FROM agenttrace.block_filters WHERE id < $1 AND max_start >= $2 AND min_start <= $3");

        // In a CASE, since the planner would take each probe for a rare condition and sort whole days instead of reading them from their end.
        string and = " AND CASE WHEN ";
        foreach (uint probe in tokens.Distinct().SelectMany(BlockFilter.ProbesOf))
        {
            values.Add((NpgsqlDbType.Bigint, (long)probe));
            sql.Append(CultureInfo.InvariantCulture, $"{and}get_bit(filter, (${values.Count} * octet_length(filter) * 8) >> 32) = 1");
            and = " AND ";
        }

        if (tokens.Count > 0)
            sql.Append(" THEN true ELSE false END");

        await using NpgsqlCommand command = connection.Command(sql.Append(" ORDER BY id DESC LIMIT $4").ToString(), [.. values]);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var page = new List<BlockHeader>(size);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            page.Add(new BlockHeader(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)));
        return page;
    }

    private static async ValueTask<long[]> NewIdsAsync(NpgsqlConnection connection, int count, long day, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = connection.Command("SELECT nextval('agenttrace.block_ids') FROM generate_series(1, $1)", (NpgsqlDbType.Integer, count));
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ids = new List<long>(count);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            ids.Add((day << PostgresDays.Shift) + reader.GetInt64(0));
        ids.Sort();
        return [.. ids];
    }

    private static async ValueTask CopyAsync(NpgsqlConnection connection, string copy, int rows, Func<NpgsqlBinaryImporter, int, Task> write, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync(copy, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < rows; i++)
        {
            await importer.StartRowAsync(cancellationToken).ConfigureAwait(false);
            await write(importer, i).ConfigureAwait(false);
        }

        await importer.CompleteAsync(cancellationToken).ConfigureAwait(false);
    }
}
