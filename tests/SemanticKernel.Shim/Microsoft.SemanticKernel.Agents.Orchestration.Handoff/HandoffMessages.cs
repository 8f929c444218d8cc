namespace Microsoft.SemanticKernel.Agents.Orchestration.Handoff;

/// <summary>What the actors say to each other.</summary>
internal static class HandoffMessages
{
    /// <summary>The task, to everybody.</summary>
    public sealed record InputTask(IList<ChatMessageContent> Messages);

    /// <summary>An agent's answer, to everybody.</summary>
    public sealed record Response(ChatMessageContent Message);

    /// <summary>The work is given to an agent.</summary>
    public sealed record Request;

    /// <summary>The run's result.</summary>
    public sealed record Result(ChatMessageContent Message);
}
