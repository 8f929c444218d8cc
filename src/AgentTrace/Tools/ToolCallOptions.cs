namespace AgentTrace;

/// <summary>What is known about a tool call as it starts.</summary>
public sealed class ToolCallOptions
{
    /// <summary>What the tool is for.</summary>
    public string? Description { get; init; }

    /// <summary>The kind of tool: <c>function</c> by default, <c>extension</c> or <c>datastore</c>.</summary>
    public string Type { get; init; } = "function";

    /// <summary>
    /// When the call started; null for now. Set it to turn a recorded log into a trace, and end the call with <see cref="ToolCall.End"/>.
    /// </summary>
    public DateTimeOffset? StartTime { get; init; }
}
