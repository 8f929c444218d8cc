using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel.ChatCompletion;

namespace SemanticKernel.Shim.TestKit;

/// <summary>A chat client that says what the test wrote, in order. It invokes nothing and writes no span: what wraps it does.</summary>
/// <param name="replies">One reply for each request; a called function is named <c>Plugin_function</c>, or <c>function</c> alone.</param>
public sealed class ScriptedChatClient(params ScriptedReply[] replies) : IChatClient
{
    private readonly ConcurrentQueue<ScriptedReply> _replies = new(replies);

    /// <summary>The model the client's metadata and the answers name.</summary>
    public string Model { get; init; } = "scripted-model";

    /// <summary>The provider the client's metadata names.</summary>
    public string Provider { get; init; } = "scripted";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The script has no reply left.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ScriptedReply reply = await NextAsync(cancellationToken).ConfigureAwait(false);
        ChatMessage message = ChatMessages.From(reply.ToMessage(Model));
        message.MessageId = Guid.NewGuid().ToString("N");
        return new ChatResponse(message)
        {
            ModelId = Model,
            FinishReason = reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = reply.InputTokens, OutputTokenCount = reply.OutputTokens },
        };
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The script has no reply left.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ScriptedReply reply = await NextAsync(cancellationToken).ConfigureAwait(false);
        string messageId = Guid.NewGuid().ToString("N");
        foreach (string word in reply.Words)
            yield return new ChatResponseUpdate(ChatRole.Assistant, word) { MessageId = messageId, ModelId = Model };
        foreach (AIContent call in ChatMessages.From(reply.ToMessage(Model)).Contents.OfType<FunctionCallContent>())
            yield return new ChatResponseUpdate(ChatRole.Assistant, [call]) { MessageId = messageId, ModelId = Model };
        UsageDetails usage = new() { InputTokenCount = reply.InputTokens, OutputTokenCount = reply.OutputTokens };
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)])
        {
            MessageId = messageId,
            ModelId = Model,
            FinishReason = reply.Calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        };
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(Provider, providerUri: null, Model)
            : serviceKey is null && serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private async Task<ScriptedReply> NextAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (!_replies.TryDequeue(out ScriptedReply? reply))
            throw new InvalidOperationException("The script is over: this request has no reply. Script one more.");
        return reply.Error is null ? reply : throw reply.Error;
    }
}
