using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Judges.Prompts;

/// <summary>A run as prompts may show it.</summary>
/// <param name="Run">The run without the passages that speak to a judge.</param>
/// <param name="Note">What was taken out and where, in words; null when nothing was.</param>
internal sealed record GuardedRun(AgentRun Run, string? Note);
