namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>A tool's answer as a message states it.</summary>
internal sealed record MessageToolResponse(string? Id, string Result);
