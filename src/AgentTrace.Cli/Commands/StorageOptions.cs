using System.CommandLine;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.PostgreSql;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Sqlite;

namespace AgentTrace.Cli.Commands;

/// <summary>The words of <c>collect</c> that say where spans and runs are kept, and which.</summary>
internal sealed class StorageOptions
{
    private static readonly StoreOptions Defaults = new();

    private readonly Option<string?> _store = new("--store")
    {
        Description = "Where spans, runs, outcomes and labels are kept: a SQLite file, or postgres://user:password@host/database for many collectors at once. Without it the last runs are kept in memory alone.",
        HelpName = "FILE|URL",
    };

    private readonly Option<StoredContents> _contents = new("--store-contents")
    {
        Description = "Which spans are stored: AgentRuns (the whole traces in which an agent speaks) or All.",
        DefaultValueFactory = _ => Defaults.Contents,
    };

    private readonly Option<bool?> _answerWhenStored = new("--store-commit")
    {
        Description = "Answers senders only once their spans are in the store; else they wait in memory for a moment. On by default with PostgreSQL.",
    };

    private readonly Option<double?> _maxDays = new("--store-max-days") { Description = "Days after which spans and runs are let go; labelled runs are kept." };

    private readonly Option<long?> _maxBytes = new("--store-max-bytes") { Description = "Bytes that the store may take; the oldest goes when there is more." };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _store, _contents, _answerWhenStored, _maxDays, _maxBytes })
            command.Options.Add(option);
    }

    /// <summary>The store, or null where none is named.</summary>
    public ITraceStore? Create(ParseResult parsed) => parsed.GetValue(_store) is { } place ? Open(place) : null;

    public StoreOptions Storing(ParseResult parsed) => new()
    {
        Contents = parsed.GetValue(_contents),
        AnswerWhenStored = parsed.GetValue(_answerWhenStored) ?? (parsed.GetValue(_store) is { } place && PostgresAddress.IsOne(place)),
        Retention = new Retention(parsed.GetValue(_maxDays) is { } days ? Days(days) : null, parsed.GetValue(_maxBytes)),
    };

    /// <summary>The store at that place: a PostgreSQL address, or else a SQLite file.</summary>
    /// <exception cref="CliException">It is meant as a PostgreSQL address and is none.</exception>
    public static ITraceStore Open(string place)
    {
        try
        {
            return PostgresAddress.IsOne(place) ? new PostgresTraceStore(place) : new SqliteTraceStore(place);
        }
        catch (FormatException e)
        {
            throw new CliException(ExitCodes.BadCall, $"--store: {e.Message}", e);
        }
    }

    private static TimeSpan Days(double days) => days is > 0 and <= 36_500
        ? TimeSpan.FromDays(days)
        : throw new CliException(ExitCodes.BadCall, $"--store-max-days is {days}; allowed: more than 0, at most 36500");
}
