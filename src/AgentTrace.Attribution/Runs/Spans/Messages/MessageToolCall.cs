namespace AgentTrace.Attribution.Runs.Spans.Messages;

/// <summary>A tool call as a message states it.</summary>
internal sealed record MessageToolCall(string? Id, string Name, string? Arguments);
