using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>What a method said of one labelled run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Label">Its gold answer.</param>
/// <param name="Verdict">The verdict; null where the model that the method asks gave no answer that could be used.</param>
/// <param name="Time">How long it took.</param>
public sealed record JudgedRun(AgentRun Run, RunLabel Label, FailureAttribution? Verdict, TimeSpan Time);
