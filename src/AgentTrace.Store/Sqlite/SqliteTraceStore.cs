using AgentTrace.Store.Judgements;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;

namespace AgentTrace.Store.Sqlite;

/// <summary>A store in one SQLite file: no server, one process that writes, any number that read.</summary>
/// <param name="path">The file; created where it is absent, its folder must be there.</param>
public sealed class SqliteTraceStore(string path) : ITraceStore
{
    private readonly SqliteFile _file = new(path);
    private readonly SqliteOperations _operations = new();

    /// <inheritdoc/>
    public string Engine => "sqlite";

    /// <inheritdoc/>
    public ValueTask OpenAsync(CancellationToken cancellationToken = default)
    {
        _file.Open();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, CancellationToken cancellationToken = default)
    {
        try
        {
            await _file.WriteAsync(connection => SqliteSpans.Append(connection, blocks, written, _operations), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // What it noted went away with the transaction.
            _operations.Forget();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredBlock>> FindTraceAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteSpans.Find(connection, traceId));

    /// <inheritdoc/>
    public IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, CancellationToken cancellationToken = default) =>
        SqliteSpans.Scan(_file, fromUnixNano, toUnixNano).ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask<StoredBlock?> ReadBlockAsync(long id, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteSpans.ReadBlock(connection, id));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ServiceOperation>> ListOperationsAsync(string? service = null, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteOperations.List(connection, service));

    /// <inheritdoc/>
    public ValueTask SaveRunAsync(StoredRun run, CancellationToken cancellationToken = default) =>
        _file.WriteAsync(connection => SqliteRuns.Save(connection, run), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredRun?> FindRunAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteRuns.Find(connection, traceId));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredRun>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteRuns.List(connection, filter));

    /// <inheritdoc/>
    public ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default) =>
        _file.WriteAsync(connection => SqliteJudgements.Save(connection, outcome), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteJudgements.FindOutcome(connection, traceId));

    /// <inheritdoc/>
    public ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default) =>
        _file.WriteAsync(connection => SqliteJudgements.Save(connection, label), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default) =>
        _file.Read(connection => SqliteJudgements.ListLabels(connection, traceId));

    /// <inheritdoc/>
    public ValueTask<TrimResult> TrimAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        SqliteTrim.RunAsync(_file, retention, now, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoreSize> MeasureAsync(CancellationToken cancellationToken = default) => _file.Read(SqliteTrim.Measure);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
