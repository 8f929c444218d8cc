using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel.ChatCompletion;

/// <summary>Lets a chat client serve as a chat completion service.</summary>
public static class ChatClientExtensions
{
    public static IChatCompletionService AsChatCompletionService(this IChatClient client, IServiceProvider? serviceProvider = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client as IChatCompletionService ?? new ChatClientChatCompletionService(client);
    }

    public static string? GetModelId(this IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetService<ChatClientMetadata>()?.DefaultModelId;
    }
}
