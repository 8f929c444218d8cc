using AgentTrace.Store;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Retaining;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using AgentTrace.Store.Sqlite;

namespace AgentTrace.Collector.Tests.Storing;

/// <summary>A real store in a folder of its own whose writes a test can hold up or break.</summary>
internal sealed class RecordedStore : ITraceStore
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("agenttrace-collector-store-");
    private readonly SqliteTraceStore _store;

    public RecordedStore() => _store = new SqliteTraceStore(Path.Combine(_folder.FullName, "store.db"));

    /// <summary>What every write of spans waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What every write of spans fails with.</summary>
    public StoreException? Broken { get; set; }

    public string Engine => _store.Engine;

    public ValueTask OpenAsync(CancellationToken cancellationToken = default) => _store.OpenAsync(cancellationToken);

    public async ValueTask AppendAsync(IReadOnlyList<SpanBlock> blocks, DateTimeOffset written, CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        if (Broken is not null)
            throw Broken;
        await _store.AppendAsync(blocks, written, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredBlock>> FindTraceAsync(UInt128 traceId, CancellationToken cancellationToken = default) => _store.FindTraceAsync(traceId, cancellationToken);

    public IAsyncEnumerable<BlockHeader> ScanAsync(long fromUnixNano, long toUnixNano, CancellationToken cancellationToken = default) => _store.ScanAsync(fromUnixNano, toUnixNano, cancellationToken);

    public ValueTask<StoredBlock?> ReadBlockAsync(long id, CancellationToken cancellationToken = default) => _store.ReadBlockAsync(id, cancellationToken);

    public ValueTask<IReadOnlyList<ServiceOperation>> ListOperationsAsync(string? service = null, CancellationToken cancellationToken = default) => _store.ListOperationsAsync(service, cancellationToken);

    public ValueTask SaveRunAsync(StoredRun run, CancellationToken cancellationToken = default) => _store.SaveRunAsync(run, cancellationToken);

    public ValueTask<StoredRun?> FindRunAsync(UInt128 traceId, CancellationToken cancellationToken = default) => _store.FindRunAsync(traceId, cancellationToken);

    public ValueTask<IReadOnlyList<StoredRun>> ListRunsAsync(RunFilter filter, CancellationToken cancellationToken = default) => _store.ListRunsAsync(filter, cancellationToken);

    public ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default) => _store.SaveOutcomeAsync(outcome, cancellationToken);

    public ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default) => _store.FindOutcomeAsync(traceId, cancellationToken);

    public ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default) => _store.SaveLabelAsync(label, cancellationToken);

    public ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default) => _store.ListLabelsAsync(traceId, cancellationToken);

    public ValueTask<TrimResult> TrimAsync(Retention retention, DateTimeOffset now, CancellationToken cancellationToken = default) => _store.TrimAsync(retention, now, cancellationToken);

    public ValueTask<StoreSize> MeasureAsync(CancellationToken cancellationToken = default) => _store.MeasureAsync(cancellationToken);

    /// <summary>All spans of a trace, read by Google's protobuf code.</summary>
    public async Task<IReadOnlyList<TestKit.Otlp.Span>> SpansOfAsync(string traceId, CancellationToken cancellationToken)
    {
        var id = UInt128.Parse(traceId, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
        return [.. (await FindTraceAsync(id, cancellationToken)).SelectMany(block => block.SpansOf(id))
            .SelectMany(bytes => TestKit.Otlp.ExportRequest.Parser.ParseFrom(bytes.Span).ResourceSpans)
            .SelectMany(resource => resource.ScopeSpans).SelectMany(scope => scope.Spans)];
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
