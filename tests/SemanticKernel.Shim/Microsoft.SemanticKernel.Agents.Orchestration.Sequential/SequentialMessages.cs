namespace Microsoft.SemanticKernel.Agents.Orchestration.Sequential;

/// <summary>What the actors say to each other.</summary>
internal static class SequentialMessages
{
    public sealed record Request(IList<ChatMessageContent> Messages);

    public sealed record Response(ChatMessageContent Message);
}
