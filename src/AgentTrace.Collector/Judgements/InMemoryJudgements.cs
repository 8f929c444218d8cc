using AgentTrace.Store.Judgements;

namespace AgentTrace.Collector.Judgements;

/// <summary>Keeps what is said about runs where there is no store; when there is no room, what was said about the oldest trace goes.</summary>
/// <param name="capacity">Traces whose outcomes, and traces whose labels, are kept.</param>
internal sealed class InMemoryJudgements(int capacity) : IJudgementStore
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<UInt128, PostedOutcome> _outcomes = [];
    private readonly OrderedDictionary<UInt128, SortedDictionary<string, PostedLabel>> _labels = [];

    public ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default)
    {
        SaveOutcome(outcome);
        return ValueTask.CompletedTask;
    }

    public void SaveOutcome(PostedOutcome outcome)
    {
        lock (_lock)
        {
            _outcomes[outcome.TraceId] = outcome;
            if (_outcomes.Count > capacity)
                _outcomes.RemoveAt(0);
        }
    }

    public ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default) => new(FindOutcome(traceId));

    public PostedOutcome? FindOutcome(UInt128 traceId)
    {
        lock (_lock)
            return _outcomes.GetValueOrDefault(traceId);
    }

    public ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (!_labels.TryGetValue(label.TraceId, out SortedDictionary<string, PostedLabel>? ofTrace))
                _labels[label.TraceId] = ofTrace = new SortedDictionary<string, PostedLabel>(StringComparer.Ordinal);
            ofTrace[label.By] = label;
            if (_labels.Count > capacity)
                _labels.RemoveAt(0);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            IEnumerable<PostedLabel> labels = traceId is { } id
                ? _labels.TryGetValue(id, out SortedDictionary<string, PostedLabel>? ofTrace) ? ofTrace.Values : []
                : _labels.OrderBy(trace => trace.Key).SelectMany(trace => trace.Value.Values);
            return new ValueTask<IReadOnlyList<PostedLabel>>([.. labels]);
        }
    }
}
