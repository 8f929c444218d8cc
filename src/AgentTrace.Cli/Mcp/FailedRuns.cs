namespace AgentTrace.Cli.Mcp;

/// <summary>A page of the list.</summary>
internal sealed record FailedRuns(IReadOnlyList<FailedRun> Runs);
