using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Attribution;

/// <summary>One failed run that waits for a verdict.</summary>
/// <param name="Record">The run as it was stored.</param>
/// <param name="Completeness">How much of it is there.</param>
/// <param name="History">What was decided about it before.</param>
internal sealed record AttributionJob(RunRecord Record, Completeness Completeness, RunHistory History);
