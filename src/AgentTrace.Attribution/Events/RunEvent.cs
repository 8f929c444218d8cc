using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Events;

/// <summary>Something that happened in a run.</summary>
/// <param name="Step">0-based index of the step in which it happened; of the last step for the run's end, and -1 for its start.</param>
/// <param name="Word">What: one of <see cref="RunEventWords.All"/>.</param>
public readonly record struct RunEvent(int Step, string Word);
