using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Agents;
using Microsoft.SemanticKernel.ChatCompletion;

namespace AgentTrace.SemanticKernel.Tests;

/// <summary>A custom agent, of which Semantic Kernel itself writes nothing at all.</summary>
internal sealed class EchoAgent : Agent
{
    public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        var answer = new ChatMessageContent(AuthorRole.Assistant, $"{Name}: {messages.Last().Content}") { AuthorName = Name };
        if (options?.OnIntermediateMessage is { } hear)
            await hear(answer);
        yield return new AgentResponseItem<ChatMessageContent>(answer, thread ?? new ChatHistoryAgentThread());
    }

    public override IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        ICollection<ChatMessageContent> messages, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("This agent does not stream.");

    protected override IEnumerable<string> GetChannelKeys() => ["echo"];

    protected override Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken) => throw new NotSupportedException("This agent joins no chat.");

    protected override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) => throw new NotSupportedException("This agent joins no chat.");
}
