namespace Microsoft.Extensions.AI;

/// <summary>Starts wrapping a client.</summary>
public static class ChatClientBuilderChatClientExtensions
{
    public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => new(innerClient);
}
