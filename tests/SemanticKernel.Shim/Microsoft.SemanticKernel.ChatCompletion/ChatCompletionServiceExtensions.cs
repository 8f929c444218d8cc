namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Shorter ways to ask a chat service.</summary>
public static class ChatCompletionServiceExtensions
{
    public static Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        this IChatCompletionService chatCompletionService,
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatCompletionService);
        return chatCompletionService.GetChatMessageContentsAsync(
            new ChatHistory(prompt, AuthorRole.User), executionSettings, kernel, cancellationToken);
    }

    public static async Task<ChatMessageContent> GetChatMessageContentAsync(
        this IChatCompletionService chatCompletionService,
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default) =>
        (await chatCompletionService
            .GetChatMessageContentsAsync(prompt, executionSettings, kernel, cancellationToken).ConfigureAwait(false)).Single();

    public static async Task<ChatMessageContent> GetChatMessageContentAsync(
        this IChatCompletionService chatCompletionService,
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatCompletionService);
        IReadOnlyList<ChatMessageContent> replies = await chatCompletionService
            .GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken).ConfigureAwait(false);
        return replies.Single();
    }

    public static IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        this IChatCompletionService chatCompletionService,
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatCompletionService);
        return chatCompletionService.GetStreamingChatMessageContentsAsync(
            new ChatHistory(prompt, AuthorRole.User), executionSettings, kernel, cancellationToken);
    }
}
