namespace AgentTrace.Collector.Judgements;

/// <summary>The body of <c>POST /v1/outcomes</c>.</summary>
/// <param name="TraceId">The run's trace, hex.</param>
/// <param name="Outcome"><c>failure</c> or <c>success</c>.</param>
/// <param name="ExpectedAnswer">The right answer to the run's task, where it is known.</param>
/// <param name="Note">Why, in words.</param>
internal sealed record OutcomeRequest(string? TraceId, string? Outcome, string? ExpectedAnswer, string? Note);
