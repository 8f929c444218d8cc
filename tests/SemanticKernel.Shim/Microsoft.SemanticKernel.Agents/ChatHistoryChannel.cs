using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>One history that all chat history agents of a group chat share.</summary>
internal sealed class ChatHistoryChannel : AgentChannel
{
    private readonly ChatHistory _history = [];

    protected internal override async IAsyncEnumerable<(bool IsVisible, ChatMessageContent Message)> InvokeAsync(
        Agent agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistoryAgent historyAgent = Checked(agent);
        await historyAgent.ReduceAsync(_history, cancellationToken).ConfigureAwait(false);
        int told = _history.Count;
        IAsyncEnumerable<ChatMessageContent> replies = historyAgent.InvokeAsync(_history, null, null, cancellationToken);
        await foreach (ChatMessageContent message in replies.ConfigureAwait(false))
        {
            // Calls and results came into the history by the side; only what the agent yields is for the reader.
            for (; told < _history.Count; told++)
            {
                if (_history[told] != message)
                    yield return (false, _history[told]);
            }

            if (!_history.Contains(message))
                _history.Add(message);
            told = _history.Count;
            yield return (true, message);
        }
    }

    protected internal override async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        Agent agent, IList<ChatMessageContent> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatHistoryAgent historyAgent = Checked(agent);
        await historyAgent.ReduceAsync(_history, cancellationToken).ConfigureAwait(false);
        int before = _history.Count;
        IAsyncEnumerable<StreamingChatMessageContent> updates = historyAgent.InvokeStreamingAsync(_history, null, null, cancellationToken);
        await foreach (StreamingChatMessageContent update in updates.ConfigureAwait(false))
            yield return update;
        for (int index = before; index < _history.Count; index++)
            messages.Add(_history[index]);
    }

    protected internal override Task ReceiveAsync(IEnumerable<ChatMessageContent> history, CancellationToken cancellationToken = default)
    {
        _history.AddRange(history);
        return Task.CompletedTask;
    }

    protected internal override IAsyncEnumerable<ChatMessageContent> GetHistoryAsync(CancellationToken cancellationToken = default) =>
        _history.Reverse().ToAsyncEnumerable();

    protected internal override Task ResetAsync(CancellationToken cancellationToken = default)
    {
        _history.Clear();
        return Task.CompletedTask;
    }

    protected internal override string Serialize() =>
        JsonSerializer.Serialize(_history.Select(message => new { role = message.Role.Label, content = message.Content }));

    private static ChatHistoryAgent Checked(Agent agent) =>
        agent as ChatHistoryAgent ?? throw new KernelException(
            $"Invalid channel binding for agent: {agent.Id} ({agent.GetType().FullName})");
}
