using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>Anything that answers messages. By itself it writes no span: only <see cref="ChatCompletionAgent"/> does.</summary>
public abstract class Agent
{
    public string? Description { get; init; }

    public string Id { get; init; } = Guid.NewGuid().ToString();

    public string? Name { get; init; }

    public ILoggerFactory? LoggerFactory { get; init; }

    public KernelArguments? Arguments { get; init; }

    public string? Instructions { get; init; }

    public Kernel Kernel { get; init; } = new();

    [Experimental("SKEXP0130")]
    public bool UseImmutableKernel { get; set; }

    public IPromptTemplate? Template { get; set; }

    protected ILogger Logger => field ??= ActiveLoggerFactory.CreateLogger(GetType());

    protected virtual ILoggerFactory ActiveLoggerFactory => LoggerFactory ?? NullLoggerFactory.Instance;

    public virtual IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        InvokeAsync((ICollection<ChatMessageContent>)[], thread, options, cancellationToken);

    public virtual IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        string message, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return InvokeAsync(new ChatMessageContent(AuthorRole.User, message), thread, options, cancellationToken);
    }

    public virtual IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ChatMessageContent message,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return InvokeAsync([message], thread, options, cancellationToken);
    }

    public abstract IAsyncEnumerable<AgentResponseItem<ChatMessageContent>> InvokeAsync(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        CancellationToken cancellationToken = default);

    public virtual IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default) =>
        InvokeStreamingAsync((ICollection<ChatMessageContent>)[], thread, options, cancellationToken);

    public virtual IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        string message, AgentThread? thread = null, AgentInvokeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return InvokeStreamingAsync(new ChatMessageContent(AuthorRole.User, message), thread, options, cancellationToken);
    }

    public virtual IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        ChatMessageContent message,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return InvokeStreamingAsync([message], thread, options, cancellationToken);
    }

    public abstract IAsyncEnumerable<AgentResponseItem<StreamingChatMessageContent>> InvokeStreamingAsync(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread = null,
        AgentInvokeOptions? options = null,
        CancellationToken cancellationToken = default);

    protected async Task<string?> RenderInstructionsAsync(Kernel kernel, KernelArguments? arguments, CancellationToken cancellationToken) =>
        Template is null
            ? Instructions
            : await Template.RenderAsync(kernel, MergedArguments(arguments), cancellationToken).ConfigureAwait(false);

    [Experimental("SKEXP0110")]
    protected internal abstract IEnumerable<string> GetChannelKeys();

    [Experimental("SKEXP0110")]
    protected internal abstract Task<AgentChannel> CreateChannelAsync(CancellationToken cancellationToken);

    [Experimental("SKEXP0110")]
    protected internal abstract Task<AgentChannel> RestoreChannelAsync(string channelState, CancellationToken cancellationToken);

    /// <exception cref="KernelException">The thread is of a kind this agent cannot use.</exception>
    protected virtual async Task<TThreadType> EnsureThreadExistsWithMessagesAsync<TThreadType>(
        ICollection<ChatMessageContent> messages,
        AgentThread? thread,
        Func<TThreadType> constructThread,
        CancellationToken cancellationToken)
        where TThreadType : AgentThread
    {
        ArgumentNullException.ThrowIfNull(messages);
        ArgumentNullException.ThrowIfNull(constructThread);
        if ((thread ?? constructThread()) is not TThreadType used)
            throw new KernelException($"{GetType().Name} currently only supports agent threads of type {typeof(TThreadType).Name}.");

        await used.CreateAsync(cancellationToken).ConfigureAwait(false);
        foreach (ChatMessageContent message in messages)
            await NotifyThreadOfNewMessage(used, message, cancellationToken).ConfigureAwait(false);
        return used;
    }

    protected Task NotifyThreadOfNewMessage(AgentThread thread, ChatMessageContent message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return thread.OnNewMessageAsync(message, cancellationToken);
    }

    /// <summary>The agent's arguments under those of the call.</summary>
    private protected KernelArguments MergedArguments(KernelArguments? arguments)
    {
        KernelArguments merged = new(Arguments ?? [])
        {
            ExecutionSettings = arguments?.ExecutionSettings ?? Arguments?.ExecutionSettings,
        };
        foreach ((string name, object? value) in arguments ?? [])
            merged[name] = value;
        return merged;
    }
}
