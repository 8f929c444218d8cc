namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>What manager and members say to each other.</summary>
internal static class GroupChatMessages
{
    /// <summary>The task, to the manager.</summary>
    public sealed record InputTask(IReadOnlyList<ChatMessageContent> Messages);

    /// <summary>Something everybody hears.</summary>
    public sealed record Group(IReadOnlyList<ChatMessageContent> Messages);

    /// <summary>The word is given to a member.</summary>
    public sealed record Speak;

    /// <summary>The run's result.</summary>
    public sealed record Result(ChatMessageContent Message);
}
