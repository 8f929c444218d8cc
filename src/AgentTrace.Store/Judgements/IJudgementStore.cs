namespace AgentTrace.Store.Judgements;

/// <summary>Keeps what people and their checks say about runs.</summary>
public interface IJudgementStore
{
    /// <summary>Stores how a run went, in place of what was said before about the same trace.</summary>
    ValueTask SaveOutcomeAsync(PostedOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>What was said about the trace, or null.</summary>
    ValueTask<PostedOutcome?> FindOutcomeAsync(UInt128 traceId, CancellationToken cancellationToken = default);

    /// <summary>Stores who erred in a run, in place of what the same person said before about it.</summary>
    ValueTask SaveLabelAsync(PostedLabel label, CancellationToken cancellationToken = default);

    /// <summary>The labels of one trace, or of all where it is null, in the order of traces and people.</summary>
    ValueTask<IReadOnlyList<PostedLabel>> ListLabelsAsync(UInt128? traceId = null, CancellationToken cancellationToken = default);
}
