using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>An agent over the chat service of its kernel.</summary>
public sealed class ChatCompletionAgent : ChatHistoryAgent
{
    public ChatCompletionAgent()
    {
    }

    public ChatCompletionAgent(PromptTemplateConfig templateConfig, IPromptTemplateFactory templateFactory)
    {
        ArgumentNullException.ThrowIfNull(templateConfig);
        Name = templateConfig.Name;
        Description = templateConfig.Description;
        Instructions = templateConfig.Template;
        Arguments = new KernelArguments(templateConfig.ExecutionSettings.Values);
        Template = templateFactory.Create(templateConfig);
    }

    public AuthorRole InstructionsRole { get; init; } = AuthorRole.System;

    internal string DisplayName => string.IsNullOrWhiteSpace(Name) ? "UnnamedAgent" : Name;

    public override async IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistoryAgentThread used = await EnsureThreadExistsWithMessagesAsync(
            messages, thread, () => new ChatHistoryAgentThread(), cancellationToken).ConfigureAwait(false);
        ChatCompletionRequest request = await RequestAsync([.. used.ChatHistory], options, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatMessageContent> replies = ChatCompletionTurn.InvokeAsync(this, request, TellAsync, cancellationToken);
        await foreach (ChatMessageContent reply in replies.ConfigureAwait(false))
        {
            if (!reply.Items.Any(item => item is FunctionCallContent or FunctionResultContent))
                await TellAsync(reply).ConfigureAwait(false);
            yield return new AgentResponseItem<ChatMessageContent>(reply, used);
        }

        Task TellAsync(ChatMessageContent message) => TellThreadAndCallerAsync(used, options, message, cancellationToken);
    }

    public override async IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistoryAgentThread used = await EnsureThreadExistsWithMessagesAsync(
            messages, thread, () => new ChatHistoryAgentThread(), cancellationToken).ConfigureAwait(false);
        ChatCompletionRequest request = await RequestAsync([.. used.ChatHistory], options, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<StreamingChatMessageContent> updates =
            ChatCompletionTurn.InvokeStreamingAsync(this, request, TellAsync, cancellationToken);
        await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
            yield return new AgentResponseItem<StreamingChatMessageContent>(update, used);

        Task TellAsync(ChatMessageContent message) => TellThreadAndCallerAsync(used, options, message, cancellationToken);
    }

    protected internal override async IAsyncEnumerable<ChatMessageContent> InvokeAsync(
        ChatHistory history,
        KernelArguments? arguments = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatCompletionRequest request = await RequestAsync(
            history, new() { KernelArguments = arguments, Kernel = kernel }, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatMessageContent> replies =
            ChatCompletionTurn.InvokeAsync(this, request, _ => Task.CompletedTask, cancellationToken);
        await foreach (ChatMessageContent reply in replies.ConfigureAwait(false))
            yield return reply;
    }

    protected internal override async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        ChatHistory history,
        KernelArguments? arguments = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatCompletionRequest request = await RequestAsync(
            history, new() { KernelArguments = arguments, Kernel = kernel }, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<StreamingChatMessageContent> updates =
            ChatCompletionTurn.InvokeStreamingAsync(this, request, _ => Task.CompletedTask, cancellationToken);
        await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
            yield return update;
    }

    [Experimental("SKEXP0110")]
    protected internal override Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The shim restores no channels.");

    private async Task<ChatCompletionRequest> RequestAsync(
        ChatHistory history, AgentInvokeOptions? options, CancellationToken cancellationToken)
    {
        Kernel kernel = options?.Kernel ?? Kernel;
        if (UseImmutableKernel)
            kernel = kernel.Clone();
        (IChatCompletionService service, PromptExecutionSettings? settings) =
            ChatServices.Select(kernel, MergedArguments(options?.KernelArguments));
        ChatHistory chat = [];
        string? instructions = await RenderInstructionsAsync(kernel, options?.KernelArguments, cancellationToken).ConfigureAwait(false);
        if (!string.IsNullOrWhiteSpace(instructions))
            chat.Add(new ChatMessageContent(InstructionsRole, instructions) { AuthorName = Name });
        if (!string.IsNullOrWhiteSpace(options?.AdditionalInstructions))
            chat.Add(new ChatMessageContent(AuthorRole.System, options.AdditionalInstructions) { AuthorName = Name });
        chat.AddRange(history);
        return new ChatCompletionRequest(kernel, service, settings, history, chat);
    }

    private async Task TellThreadAndCallerAsync(
        ChatHistoryAgentThread thread, AgentInvokeOptions? options, ChatMessageContent message, CancellationToken cancellationToken)
    {
        await NotifyThreadOfNewMessage(thread, message, cancellationToken).ConfigureAwait(false);
        if (options?.OnIntermediateMessage is { } callback)
            await callback(message).ConfigureAwait(false);
    }
}
