namespace AgentTrace.Store.Judgements;

/// <summary>Who erred in a run, as a person says.</summary>
/// <param name="TraceId">The run's trace.</param>
/// <param name="Agent">The agent at fault.</param>
/// <param name="Step">The decisive step, 0-based.</param>
/// <param name="Reason">Why, in words; empty where nothing was said.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When it was said, to the microsecond.</param>
public sealed record PostedLabel(UInt128 TraceId, string Agent, int Step, string Reason, string By, DateTimeOffset At);
