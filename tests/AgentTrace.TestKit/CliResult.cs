namespace AgentTrace.TestKit;

/// <summary>How a run of the tool ended.</summary>
public sealed record CliResult(int ExitCode, string Output, string Error);
