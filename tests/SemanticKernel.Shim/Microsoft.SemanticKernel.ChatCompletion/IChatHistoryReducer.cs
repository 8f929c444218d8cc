namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Decides what of a history is kept; null for all of it.</summary>
public interface IChatHistoryReducer
{
    Task<IEnumerable<ChatMessageContent>?> ReduceAsync(
        IReadOnlyList<ChatMessageContent> chatHistory, CancellationToken cancellationToken = default);
}
