namespace AgentTrace.Cli.Mcp;

/// <summary>One step as it is shown; long texts are cut.</summary>
internal sealed record ShownStep(int Step, string Agent, string? Input, string? Output, IReadOnlyList<ShownCall> ToolCalls, string? Error, string? HandsOverTo, string? SpanId);
