using Npgsql;

namespace AgentTrace.Store.PostgreSql;

/// <summary>The tables, all in a schema of their own, as steps from one version to the next.</summary>
/// <remarks>
/// Blocks are partitioned by the day they came: a block's id has the day in its upper bits, so that an id alone says where the block is, and a day
/// that is over is let go by dropping tables. Texts that a sender chooses stand in no index whole: an entry of an index has a largest size.
/// </remarks>
internal static class PostgresSchema
{
    public const string Name = "agenttrace";

    /// <summary>Any number, the same for all nodes: two that start at once must not both create the tables.</summary>
    private const long MigrationLock = 0x41675472_01;

    private static readonly string[] Steps =
    [
        """
        CREATE SEQUENCE agenttrace.block_ids;
        CREATE TABLE agenttrace.blocks (
            id bigint PRIMARY KEY, written bigint NOT NULL, spans int NOT NULL, raw_bytes int NOT NULL, bytes int NOT NULL,
            directory bytea NOT NULL, data bytea NOT NULL) PARTITION BY RANGE (id);
        ALTER TABLE agenttrace.blocks ALTER COLUMN data SET STORAGE EXTERNAL;
        CREATE TABLE agenttrace.block_filters (
            id bigint PRIMARY KEY, min_start bigint NOT NULL, max_start bigint NOT NULL, max_duration bigint NOT NULL,
            errors int NOT NULL, filter bytea NOT NULL) PARTITION BY RANGE (id);
        ALTER TABLE agenttrace.block_filters ALTER COLUMN filter SET STORAGE EXTERNAL;
        CREATE TABLE agenttrace.traces (trace uuid NOT NULL, block bigint NOT NULL, PRIMARY KEY (trace, block)) PARTITION BY RANGE (block);
        CREATE TABLE agenttrace.operations (
            key bytea PRIMARY KEY, service text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, kind int NOT NULL, seen bigint NOT NULL);
        CREATE TABLE agenttrace.runs (
            trace uuid PRIMARY KEY, name text, outcome text NOT NULL, steps int NOT NULL, finished bigint NOT NULL, verdict text,
            agent text, step int, category text, method text, confidence double precision, service text, document bytea NOT NULL);
        ALTER TABLE agenttrace.runs ALTER COLUMN document SET STORAGE EXTERNAL;
        CREATE INDEX runs_by_time ON agenttrace.runs (finished DESC, trace DESC);
        CREATE INDEX runs_by_outcome ON agenttrace.runs (outcome, finished DESC, trace DESC);
        CREATE INDEX runs_by_agent ON agenttrace.runs (agent, finished DESC, trace DESC) WHERE agent IS NOT NULL;
        CREATE INDEX runs_by_service ON agenttrace.runs (service, finished DESC, trace DESC) WHERE service IS NOT NULL;
        CREATE TABLE agenttrace.outcomes (trace uuid PRIMARY KEY, outcome text NOT NULL, expected text, note text, at bigint NOT NULL);
        CREATE TABLE agenttrace.labels (
            trace uuid NOT NULL, said_by text COLLATE "C" NOT NULL, agent text NOT NULL, step int NOT NULL, reason text NOT NULL, at bigint NOT NULL);
        CREATE UNIQUE INDEX labels_by_trace ON agenttrace.labels (trace, md5(said_by));
        CREATE TABLE agenttrace.jobs (
            trace uuid PRIMARY KEY, wait bigint NOT NULL, signs boolean NOT NULL, due timestamptz, version bigint NOT NULL DEFAULT 0, touched timestamptz NOT NULL DEFAULT clock_timestamp(),
            lease uuid, leased_until timestamptz, attempts int NOT NULL DEFAULT 0, state bytea, outbox bytea);
        CREATE INDEX jobs_due_first ON agenttrace.jobs (due) WHERE due IS NOT NULL AND signs;
        CREATE INDEX jobs_due_then ON agenttrace.jobs (due) WHERE due IS NOT NULL AND NOT signs;
        """,
    ];

    public static async ValueTask MigrateAsync(NpgsqlConnection connection, PostgresDatabase database, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await connection.RunAsync($"SELECT pg_advisory_xact_lock({MigrationLock})", cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand encoding = connection.Command("SHOW server_encoding");
        if (await encoding.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is string and not "UTF8" and var other)
            throw database.Wrong($"its encoding is {other}, which cannot hold every text; create the database with ENCODING 'UTF8' TEMPLATE template0");

        await using NpgsqlCommand known = connection.Command($"SELECT to_regclass('{Name}.version') IS NOT NULL, to_regnamespace('{Name}') IS NOT NULL");
        (bool hasVersion, bool hasSchema) = await ReadAsync(known, cancellationToken).ConfigureAwait(false);
        if (hasSchema && !hasVersion)
            throw database.Wrong($"its schema {Name} is another program's; name another database");
        if (!hasVersion)
            await connection.RunAsync($"CREATE SCHEMA {Name}; CREATE TABLE {Name}.version (number bigint NOT NULL); INSERT INTO {Name}.version VALUES (0);", cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand current = connection.Command($"SELECT number FROM {Name}.version");
        long version = await current.NumberAsync(cancellationToken).ConfigureAwait(false);
        if (version > Steps.Length)
            throw database.Wrong($"it is of version {version}, this program knows {Steps.Length}; use the program that wrote it or a newer one");
        for (long step = version; step < Steps.Length; step++)
            await connection.RunAsync($"{Steps[step]} UPDATE {Name}.version SET number = {step + 1};", cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<(bool, bool)> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetBoolean(0), reader.GetBoolean(1));
    }
}
