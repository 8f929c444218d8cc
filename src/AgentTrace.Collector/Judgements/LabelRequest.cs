namespace AgentTrace.Collector.Judgements;

/// <summary>The body of <c>POST /v1/labels</c>.</summary>
/// <param name="TraceId">The run's trace, hex.</param>
/// <param name="Agent">The agent at fault.</param>
/// <param name="Step">The decisive step, 0-based.</param>
/// <param name="By">Who says so.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record LabelRequest(string? TraceId, string? Agent, int? Step, string? By, string? Reason);
