using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.Services;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>A chat client behind the face of a chat service. It writes no span: the <c>chat</c> span is lost on this way.</summary>
internal sealed class ChatClientChatCompletionService(IChatClient client) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes { get; } =
        new Dictionary<string, object?> { [AIServiceExtensions.ModelIdKey] = client.GetModelId() };

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        ChatResponse response = await client
            .GetResponseAsync(
                ChatMessages.From(chatHistory), KernelChatOptions.Of(executionSettings, kernel, chatHistory), cancellationToken)
            .ConfigureAwait(false);
        ChatMessageContent[] messages = [.. response.Messages.Select(message => ChatMessages.To(message, response))];
        // All but the last are calls and their results: they belong to the history.
        chatHistory.AddRange(messages.SkipLast(1));
        return [.. messages.TakeLast(1)];
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<ChatResponseUpdate> updates = client.GetStreamingResponseAsync(
            ChatMessages.From(chatHistory), KernelChatOptions.Of(executionSettings, kernel, chatHistory), cancellationToken);
        await foreach (ChatResponseUpdate update in updates.ConfigureAwait(false))
        {
            foreach (AIContent content in update.Contents)
            {
                if (content is Microsoft.Extensions.AI.FunctionCallContent)
                    chatHistory.Add(ChatMessages.To(new ChatMessage(ChatRole.Assistant, [content])));
                else if (content is Microsoft.Extensions.AI.FunctionResultContent)
                    chatHistory.Add(ChatMessages.To(new ChatMessage(ChatRole.Tool, [content])));
            }

            yield return ChatMessages.To(update);
        }
    }
}
