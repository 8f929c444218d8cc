namespace AgentTrace;

/// <summary>What is known about a run as it starts.</summary>
public sealed class AgentRunOptions
{
    /// <summary>The conversation's id where the app has a real one; its turns carry it too. Never make one up.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Content: what the run is asked to do.</summary>
    public string? Input { get; init; }

    /// <summary>
    /// When the run started; null for now. Set it to turn a recorded log into a trace, and end the run with <see cref="AgentRun.End"/>.
    /// </summary>
    public DateTimeOffset? StartTime { get; init; }
}
