namespace AgentTrace.Cli.Mcp;

/// <summary>One tool call as it is shown; long texts are cut.</summary>
internal sealed record ShownCall(string Tool, string? Arguments, string? Result, string? Error);
