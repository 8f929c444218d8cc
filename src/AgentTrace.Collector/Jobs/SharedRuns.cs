using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Storage;
using AgentTrace.Store;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Jobs;

/// <summary>Runs in a store that several nodes share: always as it has them, since another node may have judged them meanwhile.</summary>
internal sealed class SharedRuns(ITraceStore store) : IRunStore
{
    // Who asks runs on a thread of its own; nothing on the spans' way comes here.
    public void Save(RunRecord record) => store.SaveRunAsync(RunDocument.Of(record)).AsTask().GetAwaiter().GetResult();

    public RunRecord? Find(string traceId) =>
        TraceId.TryParse(traceId, out TraceId id) && store.FindRunAsync(id.Number).AsTask().GetAwaiter().GetResult() is { } stored ? RunDocument.Read(stored) : null;

    public IReadOnlyList<RunRecord> Latest(int count) =>
        [.. store.ListRunsAsync(new RunFilter { Limit = count }).AsTask().GetAwaiter().GetResult()
            .Select(line => store.FindRunAsync(line.TraceId).AsTask().GetAwaiter().GetResult()).OfType<StoredRun>().Select(RunDocument.Read)];
}
