using Microsoft.Data.Sqlite;

namespace AgentTrace.Store.Sqlite;

/// <summary>The tables, as steps from one version of the file to the next; the file's <c>user_version</c> says how many it has been through.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE blocks (
            id INTEGER PRIMARY KEY AUTOINCREMENT, written INTEGER NOT NULL, spans INTEGER NOT NULL, raw_bytes INTEGER NOT NULL,
            directory BLOB NOT NULL, data BLOB NOT NULL);
        CREATE TABLE block_filters (
            id INTEGER PRIMARY KEY, min_start INTEGER NOT NULL, max_start INTEGER NOT NULL, max_duration INTEGER NOT NULL,
            errors INTEGER NOT NULL, filter BLOB NOT NULL);
        CREATE TABLE traces (trace BLOB NOT NULL, block INTEGER NOT NULL, PRIMARY KEY (trace, block)) WITHOUT ROWID;
        CREATE TABLE operations (
            service TEXT NOT NULL, name TEXT NOT NULL, kind INTEGER NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (service, name, kind)) WITHOUT ROWID;
        CREATE TABLE runs (
            trace BLOB NOT NULL PRIMARY KEY, name TEXT, outcome TEXT NOT NULL, steps INTEGER NOT NULL, finished INTEGER NOT NULL, verdict TEXT,
            agent TEXT, step INTEGER, category TEXT, method TEXT, confidence REAL, document BLOB NOT NULL);
        CREATE INDEX runs_by_time ON runs (finished DESC, trace DESC);
        CREATE INDEX runs_by_outcome ON runs (outcome, finished DESC, trace DESC);
        CREATE INDEX runs_by_agent ON runs (agent, finished DESC, trace DESC) WHERE agent IS NOT NULL;
        CREATE TABLE outcomes (trace BLOB NOT NULL PRIMARY KEY, outcome TEXT NOT NULL, expected TEXT, note TEXT, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE labels (
            trace BLOB NOT NULL, said_by TEXT NOT NULL, agent TEXT NOT NULL, step INTEGER NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (trace, said_by)) WITHOUT ROWID;
        """,
        """
        ALTER TABLE runs ADD COLUMN service TEXT;
        CREATE INDEX runs_by_service ON runs (service, finished DESC, trace DESC) WHERE service IS NOT NULL;
        """,
    ];

    /// <summary>Marks the file as ours, so that another program's database is not written into.</summary>
    private const int ApplicationId = 0x41675472;

    public static void Migrate(SqliteConnection connection, string path)
    {
        long application = Number(connection, "PRAGMA application_id");
        long version = Number(connection, "PRAGMA user_version");
        bool isEmpty = Number(connection, "SELECT COUNT(*) FROM sqlite_master") == 0;
        if (application != ApplicationId && !isEmpty)
            throw new StoreException($"{path} is another program's SQLite database; name another file");
        if (version > Steps.Length)
            throw new StoreException($"{path} is of version {version}, this program knows {Steps.Length}; use the program that wrote it or a newer one");
        if (isEmpty)
            Run(connection, "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; VACUUM;");
        Run(connection, "PRAGMA journal_mode = WAL;");
        for (long step = version; step < Steps.Length; step++)
            Run(connection, $"BEGIN IMMEDIATE; {Steps[step]} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {step + 1}; COMMIT;");
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own constants; values go by parameters everywhere.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
