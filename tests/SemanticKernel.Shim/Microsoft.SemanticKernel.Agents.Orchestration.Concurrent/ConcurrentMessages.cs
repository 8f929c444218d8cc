namespace Microsoft.SemanticKernel.Agents.Orchestration.Concurrent;

/// <summary>What the actors say to each other.</summary>
internal static class ConcurrentMessages
{
    public sealed record Request(IList<ChatMessageContent> Messages);

    public sealed record Result(ChatMessageContent Message);
}
