using System.Diagnostics;

namespace AgentTrace;

/// <summary>What is known about a turn as it starts.</summary>
public sealed class AgentTurnOptions
{
    /// <summary>The agent's id, where it has one besides its name.</summary>
    public string? AgentId { get; init; }

    /// <summary>What the agent is for.</summary>
    public string? Description { get; init; }

    /// <summary>The conversation's id where the app has a real one; null takes the run's. Never make one up.</summary>
    public string? ConversationId { get; init; }

    /// <summary>
    /// <see cref="ActivityKind.Client"/> for an agent in another process; <see cref="ActivityKind.Internal"/> by default.
    /// </summary>
    public ActivityKind Kind { get; init; } = ActivityKind.Internal;

    /// <summary>
    /// When the turn started; null for now. Set it to turn a recorded log into a trace, and end the turn with <see cref="AgentTurn.End"/>.
    /// </summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>
    /// The turns whose outcome this one works on (<c>turn.Activity.Context</c>); each becomes a link. Handoffs link by themselves.
    /// </summary>
    public IReadOnlyList<ActivityContext> Consumes { get; init; } = [];
}
