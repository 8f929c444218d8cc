namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Shortens a history.</summary>
public static class ChatHistoryExtensions
{
    public static async Task<bool> ReduceInPlaceAsync(
        this ChatHistory chatHistory, IChatHistoryReducer? reducer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        if (reducer is null || await reducer.ReduceAsync(chatHistory, cancellationToken).ConfigureAwait(false) is not { } reduced)
            return false;

        ChatMessageContent[] kept = [.. reduced];
        chatHistory.Clear();
        chatHistory.AddRange(kept);
        return true;
    }
}
