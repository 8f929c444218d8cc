namespace AgentTrace.Cli.Mcp;

/// <summary>One line of the list.</summary>
internal sealed record FailedRun(string TraceId, string? Workflow, DateTimeOffset FinishedAt, int Steps, string? Verdict, string? Agent, int? Step, string? Category, double? Confidence, string? Method);
