using AgentTrace.Attribution.Attributors;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Viewer.Runs;

/// <summary>One run in the list.</summary>
/// <param name="Run">What is listed of it.</param>
/// <param name="Task">What it was asked to do; null where content was not captured.</param>
/// <param name="OutcomeReason">Why it ended as it did; null where nobody said.</param>
/// <param name="Cost">What its attribution cost; null while there is none.</param>
/// <param name="Labels">What people said about it.</param>
public sealed record RunLine(StoredRun Run, string? Task, string? OutcomeReason, AttributionCost? Cost, IReadOnlyList<PostedLabel> Labels);
