using System.Collections.Concurrent;
using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Viewer.Labels;

/// <summary>Labels of a collector that has no store: they last as long as it runs, and the page says so.</summary>
internal sealed class InMemoryJudgements : IJudgementStore
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<UInt128, PostedOutcome> _outcomes = new();
    private readonly ConcurrentDictionary<(UInt128 TraceId, string By), PostedLabel> _labels = new();

    public ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default) => Save(_outcomes, outcome.TraceId, outcome);

    public ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_outcomes.GetValueOrDefault(traceId));

    public ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default) => Save(_labels, (label.TraceId, label.By), label);

    public ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IReadOnlyList<PostedLabel>>(
            [.. _labels.Values.Where(label => traceId is null || label.TraceId == traceId).OrderBy(label => label.TraceId).ThenBy(label => label.By, StringComparer.Ordinal)]);

    private static ValueTask Save<TKey, TValue>(ConcurrentDictionary<TKey, TValue> kept, TKey key, TValue value) where TKey : notnull
    {
        if (kept.Count >= Most && !kept.ContainsKey(key))
            throw new Store.StoreException($"{Most} are kept in memory already; give the collector a store.");
        kept[key] = value;
        return ValueTask.CompletedTask;
    }
}
