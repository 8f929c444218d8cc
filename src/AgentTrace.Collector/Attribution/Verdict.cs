using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Collector.Attribution;

/// <summary>A verdict on its way into the run's trace.</summary>
internal sealed record Verdict
{
    public required AgentRun Run { get; init; }

    public required FailureAttribution Attribution { get; init; }

    /// <summary>What the trace lacked, in words; empty for a whole one.</summary>
    public IReadOnlyList<string> Incomplete { get; init; } = [];

    /// <summary>1 for a run's first verdict, one more for each that supersedes it.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>How long attribution took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>When it was reached.</summary>
    public DateTimeOffset At { get; init; }

    public Step? Culprit => Attribution.Step is { } index ? Run.Steps[index] : null;

    /// <summary>The id of the verdict's own span: the same for every node and every time.</summary>
    public string SpanId => SpanIds.Derive(Run.Id, Conventions.AttributionAttributes.AttributeFailureSpan, Revision);

    /// <summary>The id of the earlier verdict's span that this one takes the place of; null for the first.</summary>
    public string? Supersedes => Revision > 1 ? SpanIds.Derive(Run.Id, Conventions.AttributionAttributes.AttributeFailureSpan, Revision - 1) : null;

    /// <summary>What kind of failure the culprit's step shows.</summary>
    public string Category => FailureCategories.Of(Culprit);

    /// <summary>Whether both blame the same step of the same agent, or both nobody.</summary>
    public bool SaysTheSameAs(Verdict other) =>
        Attribution.Verdict == other.Attribution.Verdict && Attribution.Step == other.Attribution.Step
        && Culprit?.SpanId == other.Culprit?.SpanId && Culprit?.Agent == other.Culprit?.Agent;
}
