using AgentTrace.Store.Jobs;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using Npgsql;

namespace AgentTrace.Store.PostgreSql;

/// <summary>A store in PostgreSQL 14 or newer, in the schema <c>agenttrace</c>, for any number of collectors at once.</summary>
public sealed class PostgresTraceStore : ITraceStore, IRunJobs
{
    private readonly PostgresDatabase _database;
    private readonly PostgresDays _days = new();
    private readonly PostgresOperations _operations = new();
    private readonly PostgresTrim _trim;

    /// <param name="connectionString">As <see cref="PostgresAddress"/> reads it.</param>
    /// <exception cref="FormatException">It is no PostgreSQL address.</exception>
    public PostgresTraceStore(string connectionString)
    {
        _database = new PostgresDatabase(PostgresAddress.Parse(connectionString));
        _trim = new PostgresTrim(_database, _days);
    }

    /// <inheritdoc/>
    public string Engine => "postgresql";

    /// <inheritdoc/>
    public async ValueTask OpenAsync(CancellationToken cancellationToken = default) =>
        await _database.UseAsync(async connection =>
        {
            await PostgresSchema.MigrateAsync(connection, _database, cancellationToken).ConfigureAwait(false);
            return 0;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, CancellationToken cancellationToken = default) =>
        AppendAsync(blocks, [], written, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, IReadOnlyCollection<RunWatch> watches, DateTimeOffset written, CancellationToken cancellationToken = default)
    {
        await _days.MakeAsync(_database, PostgresDays.DayOf(written), cancellationToken).ConfigureAwait(false);
        await WriteAsync(async connection =>
        {
            await PostgresSpans.AppendAsync(connection, blocks, written, cancellationToken).ConfigureAwait(false);
            await _operations.NoteAsync(connection, blocks.SelectMany(block => block.Operations), written, cancellationToken).ConfigureAwait(false);
            await PostgresJobs.WatchAsync(connection, watches, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredBlock>> FindTraceAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresSpans.FindAsync(connection, traceId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, CancellationToken cancellationToken = default) =>
        ScanAsync(fromUnixNano, toUnixNano, [], cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, IReadOnlyCollection<ulong> tokens, CancellationToken cancellationToken = default) =>
        PostgresSpans.ScanAsync(_database, fromUnixNano, toUnixNano, tokens, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredBlock?> ReadBlockAsync(long id, CancellationToken cancellationToken = default) =>
        _database.UseAsync(async connection => (await PostgresSpans.ReadAsync(connection, [id], cancellationToken).ConfigureAwait(false)).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServiceOperation>> ListOperationsAsync(string? service = null, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresOperations.ListAsync(connection, service, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveRunAsync(StoredRun run, CancellationToken cancellationToken = default) =>
        await _database.UseAsync(async connection =>
        {
            await PostgresRuns.SaveAsync(connection, run, cancellationToken).ConfigureAwait(false);
            return 0;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<StoredRun?> FindRunAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresRuns.FindAsync(connection, traceId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRun>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresRuns.ListAsync(connection, filter, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default) =>
        await _database.UseAsync(connection => PostgresJudgements.SaveAsync(connection, outcome, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresJudgements.FindOutcomeAsync(connection, traceId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default) =>
        await _database.UseAsync(connection => PostgresJudgements.SaveAsync(connection, label, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresJudgements.ListLabelsAsync(connection, traceId, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TrimResult> TrimAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken = default) => _trim.RunAsync(retention, now, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreSize> MeasureAsync(CancellationToken cancellationToken = default) => _trim.MeasureAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RunJob>> TakeAsync(int most, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresJobs.TakeAsync(connection, most, lease, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> KeepAsync(RunJob job, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _database.UseAsync(connection => PostgresJobs.KeepAsync(connection, job, lease, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> DecideAsync(RunJob job, RunDecision decision, CancellationToken cancellationToken = default)
    {
        await _days.MakeAsync(_database, PostgresDays.DayOf(decision.At), cancellationToken).ConfigureAwait(false);
        return await WriteAsync(async connection =>
        {
            if (!await PostgresJobs.DecideAsync(connection, job, decision, cancellationToken).ConfigureAwait(false))
                return false;
            await PostgresRuns.SaveAsync(connection, decision.Run, cancellationToken).ConfigureAwait(false);
            await PostgresSpans.AppendAsync(connection, decision.Blocks, decision.At, cancellationToken).ConfigureAwait(false);
            await _operations.NoteAsync(connection, decision.Blocks.SelectMany(block => block.Operations), decision.At, cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask FinishAsync(RunJob job, CancellationToken cancellationToken = default) =>
        await _database.UseAsync(async connection =>
        {
            await PostgresJobs.FinishAsync(connection, job, cancellationToken).ConfigureAwait(false);
            return 0;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask ReleaseAsync(RunJob job, CancellationToken cancellationToken = default) =>
        await _database.UseAsync(async connection =>
        {
            await PostgresJobs.ReleaseAsync(connection, job, cancellationToken).ConfigureAwait(false);
            return 0;
        }, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>What was remembered of the write goes away with it: the next one looks again.</summary>
    private async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, ValueTask<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            _operations.Forget();
            _days.Forget();
            throw;
        }
    }
}
