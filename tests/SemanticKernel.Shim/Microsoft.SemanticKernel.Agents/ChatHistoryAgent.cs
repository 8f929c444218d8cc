using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>An agent whose state is a chat history. Group chats use the overloads that take the history itself.</summary>
[Experimental("SKEXP0110")]
public abstract class ChatHistoryAgent : Agent
{
    [Experimental("SKEXP0110")]
    public IChatHistoryReducer? HistoryReducer { get; init; }

    [Experimental("SKEXP0110")]
    public Task<bool> ReduceAsync(ChatHistory history, CancellationToken cancellationToken = default) =>
        history.ReduceInPlaceAsync(HistoryReducer, cancellationToken);

    protected internal abstract IAsyncEnumerable<ChatMessageContent> InvokeAsync(
        ChatHistory history, KernelArguments? arguments = null, Kernel? kernel = null, CancellationToken cancellationToken = default);

    protected internal abstract IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        ChatHistory history, KernelArguments? arguments = null, Kernel? kernel = null, CancellationToken cancellationToken = default);

    [Experimental("SKEXP0110")]
    protected internal sealed override IEnumerable<string> GetChannelKeys() => HistoryReducer is null
        ? [typeof(ChatHistoryChannel).FullName!]
        : [typeof(ChatHistoryChannel).FullName!, HistoryReducer.GetHashCode().ToString(CultureInfo.InvariantCulture)];

    [Experimental("SKEXP0110")]
    protected internal sealed override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) =>
        Task.FromResult<AgentChannel>(new ChatHistoryChannel());
}
