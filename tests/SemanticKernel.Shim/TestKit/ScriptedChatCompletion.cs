using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.FunctionCalling;
using Microsoft.SemanticKernel.Diagnostics;
using Microsoft.SemanticKernel.Services;

namespace SemanticKernel.Shim.TestKit;

/// <summary>
/// A chat service that says what the test wrote, in order. It invokes functions as a connector does; the <c>chat</c> spans of a
/// connector it writes only with <see cref="WritesChatSpans"/>, as a custom service writes none.
/// </summary>
/// <param name="replies">One reply for each request to the model; a request after a function call is a request of its own.</param>
public sealed class ScriptedChatCompletion(params ScriptedReply[] replies) : IChatCompletionService
{
    private readonly ConcurrentQueue<ScriptedReply> _replies = new(replies);
    private readonly ConcurrentQueue<IReadOnlyList<ChatMessageContent>> _requests = [];

    /// <summary>True to be a connector: one <c>chat {model}</c> span a request when the diagnostics switch is on.</summary>
    public bool WritesChatSpans { get; init; }

    /// <summary>The model the spans and replies name.</summary>
    public string Model { get; init; } = "scripted-model";

    /// <summary>The provider the spans name as <c>gen_ai.system</c>.</summary>
    public string Provider { get; init; } = "scripted";

    /// <summary>The messages of every request so far, oldest request first.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessageContent>> Requests => [.. _requests];

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> Attributes => new Dictionary<string, object?> { [AIServiceExtensions.ModelIdKey] = Model };

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The script has no reply left.</exception>
    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        CancellationToken cancellationToken = default)
    {
        for (int request = 0; ; request++)
        {
            FunctionChoiceBehaviorConfiguration? choice = FunctionCallsProcessor.Configure(executionSettings, chatHistory, request, kernel);
            ChatMessageContent reply = await AskAsync(chatHistory, cancellationToken).ConfigureAwait(false);
            if (choice is not { AutoInvoke: true } || !FunctionCallContent.GetFunctionCalls(reply).Any())
                return [reply];

            ChatMessageContent? last = await FunctionCallsProcessor
                .InvokeAsync(reply, executionSettings, chatHistory, request, kernel!, isStreaming: false, cancellationToken)
                .ConfigureAwait(false);
            if (last is not null)
                return [last];
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The script has no reply left.</exception>
    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int request = 0; ; request++)
        {
            FunctionChoiceBehaviorConfiguration? choice = FunctionCallsProcessor.Configure(executionSettings, chatHistory, request, kernel);
            ScriptedReply scripted = Next(chatHistory);
            ChatMessageContent reply = scripted.ToMessage(Model);
            using (Activity? activity = StartChat(chatHistory))
            {
                await PauseAsync(scripted, activity, cancellationToken).ConfigureAwait(false);
                foreach (StreamingChatMessageContent update in scripted.ToUpdates(Model))
                    yield return update;
                ModelDiagnostics.SetChatResponse(activity, reply, inputTokens: null, outputTokens: null);
            }

            if (choice is not { AutoInvoke: true } || scripted.Calls.Count == 0)
                yield break;

            ChatMessageContent? last = await FunctionCallsProcessor
                .InvokeAsync(reply, executionSettings, chatHistory, request, kernel!, isStreaming: true, cancellationToken)
                .ConfigureAwait(false);
            if (last is not null)
            {
                yield return new StreamingChatMessageContent(last.Role, last.Content);
                yield break;
            }
        }
    }

    private async Task<ChatMessageContent> AskAsync(ChatHistory chatHistory, CancellationToken cancellationToken)
    {
        ScriptedReply scripted = Next(chatHistory);
        using Activity? activity = StartChat(chatHistory);
        await PauseAsync(scripted, activity, cancellationToken).ConfigureAwait(false);
        ChatMessageContent reply = scripted.ToMessage(Model);
        ModelDiagnostics.SetChatResponse(activity, reply, scripted.InputTokens, scripted.OutputTokens);
        return reply;
    }

    private Activity? StartChat(ChatHistory chatHistory) =>
        WritesChatSpans ? ModelDiagnostics.StartChat(Model, Provider, chatHistory) : null;

    /// <summary>A model is never there at once: the turn goes on on another thread of control.</summary>
    private static async Task PauseAsync(ScriptedReply scripted, Activity? activity, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (scripted.Error is null)
            return;
        ModelDiagnostics.SetError(activity, scripted.Error);
        throw scripted.Error;
    }

    private ScriptedReply Next(ChatHistory chatHistory)
    {
        _requests.Enqueue([.. chatHistory]);
        return _replies.TryDequeue(out ScriptedReply? reply)
            ? reply
            : throw new InvalidOperationException($"The script is over: request {_requests.Count} has no reply. Script one more.");
    }
}
