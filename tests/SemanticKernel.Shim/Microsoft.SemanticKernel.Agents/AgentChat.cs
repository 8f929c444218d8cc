using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>Several agents over one history. It reaches them through channels, never through their public <c>InvokeAsync</c>.</summary>
[Experimental("SKEXP0110")]
public abstract class AgentChat
{
    private readonly AgentChannels _channels = new();
    private int _active;

    public abstract IReadOnlyList<Agent> Agents { get; }

    public bool IsActive => Volatile.Read(ref _active) > 0;

    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    protected ILogger Logger => field ??= LoggerFactory.CreateLogger(GetType());

    protected ChatHistory History { get; } = [];

    public abstract IAsyncEnumerable<ChatMessageContent> InvokeAsync(CancellationToken cancellationToken = default);

    public abstract IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(CancellationToken cancellationToken = default);

    public IAsyncEnumerable<ChatMessageContent> GetChatMessagesAsync(CancellationToken cancellationToken = default) =>
        GetChatMessagesAsync(null, cancellationToken);

    /// <summary>The messages, newest first; with an agent, those of its channel.</summary>
    public async IAsyncEnumerable<ChatMessageContent> GetChatMessagesAsync(
        Agent? agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SetActivityOrThrow();
        try
        {
            IAsyncEnumerable<ChatMessageContent> messages = agent is null
                ? History.Reverse().ToAsyncEnumerable()
                : (await _channels.GetAsync(agent, History, cancellationToken).ConfigureAwait(false)).GetHistoryAsync(cancellationToken);
            await foreach (ChatMessageContent message in messages.ConfigureAwait(false))
                yield return message;
        }
        finally
        {
            ClearActivity();
        }
    }

    public void AddChatMessage(ChatMessageContent message) => AddChatMessages([message]);

    /// <exception cref="KernelException">A message is of the system, or an agent is speaking.</exception>
    public void AddChatMessages(IReadOnlyList<ChatMessageContent> messages)
    {
        SetActivityOrThrow();
        try
        {
            if (messages.Any(message => message.Role == AuthorRole.System))
                throw new KernelException($"History does not support messages with Role of {AuthorRole.System}.");
            History.AddRange(messages);
            _channels.Broadcast(messages, except: null);
        }
        finally
        {
            ClearActivity();
        }
    }

    public async Task ResetAsync(CancellationToken cancellationToken = default)
    {
        SetActivityOrThrow();
        try
        {
            await _channels.ResetAsync(cancellationToken).ConfigureAwait(false);
            History.Clear();
        }
        finally
        {
            ClearActivity();
        }
    }

    protected async IAsyncEnumerable<ChatMessageContent> InvokeAgentAsync(
        Agent agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SetActivityOrThrow();
        try
        {
            AgentChannel channel = await _channels.GetAsync(agent, History, cancellationToken).ConfigureAwait(false);
            List<ChatMessageContent> messages = [];
            IAsyncEnumerable<(bool, ChatMessageContent)> replies = channel.InvokeAsync(agent, cancellationToken);
            await foreach ((bool isVisible, ChatMessageContent message) in replies.ConfigureAwait(false))
            {
                messages.Add(message);
                History.Add(message);
                if (isVisible)
                    yield return message;
            }

            _channels.Broadcast(messages, channel);
        }
        finally
        {
            ClearActivity();
        }
    }

    protected async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAgentAsync(
        Agent agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SetActivityOrThrow();
        try
        {
            AgentChannel channel = await _channels.GetAsync(agent, History, cancellationToken).ConfigureAwait(false);
            List<ChatMessageContent> messages = [];
            IAsyncEnumerable<StreamingChatMessageContent> updates = channel.InvokeStreamingAsync(agent, messages, cancellationToken);
            await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
                yield return update;
            History.AddRange(messages);
            _channels.Broadcast(messages, channel);
        }
        finally
        {
            ClearActivity();
        }
    }

    /// <exception cref="KernelException">An agent is speaking.</exception>
    protected void SetActivityOrThrow()
    {
        if (Interlocked.CompareExchange(ref _active, 1, 0) != 0)
            throw new KernelException("Unable to proceed while another agent is active.");
    }

    private void ClearActivity() => Interlocked.Exchange(ref _active, 0);
}
