using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace AgentTrace.Glue;

/// <summary>For generated code: what is known of a turn before it starts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TurnStart
{
    /// <summary>Describes a turn.</summary>
    /// <param name="agentName">The agent's name; its id where it has none.</param>
    public TurnStart(string? agentName) => AgentName = agentName ?? "";

    /// <summary>The agent's name.</summary>
    public string AgentName { get; }

    /// <summary>The agent's id; null where it is but a fresh one.</summary>
    public string? AgentId { get; init; }

    /// <summary>What the agent is for.</summary>
    public string? Description { get; init; }

    /// <summary>The conversation's id, where a service knows it by that.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The object that stands for the conversation: turns on the same one belong together where nothing else says so.</summary>
    public object? Conversation { get; init; }

    /// <summary>Whether the agent runs in this process (Internal) or elsewhere (Client).</summary>
    public ActivityKind Kind { get; init; }

    /// <summary>Content: what the agent is given. Called only where content is captured.</summary>
    public Func<IEnumerable<ChatMessage>>? Input { get; init; }
}
