namespace AgentTrace.Store.Judgements;

/// <summary>How a run went, said after it by somebody else than the app.</summary>
/// <param name="TraceId">The run's trace.</param>
/// <param name="Outcome"><c>failure</c> or <c>success</c>.</param>
/// <param name="ExpectedAnswer">The right answer to the run's task; null where it is not known.</param>
/// <param name="Note">Why, in words; null where nothing was said.</param>
/// <param name="At">When it was said, to the microsecond.</param>
public sealed record PostedOutcome(UInt128 TraceId, string Outcome, string? ExpectedAnswer, string? Note, DateTimeOffset At);
