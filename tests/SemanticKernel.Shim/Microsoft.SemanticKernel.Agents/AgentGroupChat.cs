using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel.Agents.Chat;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>Agents that take turns. It writes no span: every turn is a trace of its own.</summary>
[Experimental("SKEXP0110")]
public sealed class AgentGroupChat : AgentChat
{
    private readonly List<Agent> _agents;

    public AgentGroupChat(params Agent[] agents) => _agents = [.. agents];

    public bool IsComplete { get; set; }

    public AgentGroupChatSettings ExecutionSettings { get; set; } = new();

    public override IReadOnlyList<Agent> Agents => _agents.AsReadOnly();

    public void AddAgent(Agent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        if (!_agents.Exists(known => known.Id == agent.Id))
            _agents.Add(agent);
    }

    public override async IAsyncEnumerable<ChatMessageContent> InvokeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EnsureNotComplete();
        for (int turn = 0; turn < ExecutionSettings.TerminationStrategy.MaximumIterations && !IsComplete; turn++)
        {
            Agent agent = await ExecutionSettings.SelectionStrategy.NextAsync(Agents, History, cancellationToken).ConfigureAwait(false);
            await foreach (ChatMessageContent message in InvokeAsync(agent, cancellationToken).ConfigureAwait(false))
                yield return message;
        }
    }

    public override async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EnsureNotComplete();
        for (int turn = 0; turn < ExecutionSettings.TerminationStrategy.MaximumIterations && !IsComplete; turn++)
        {
            Agent agent = await ExecutionSettings.SelectionStrategy.NextAsync(Agents, History, cancellationToken).ConfigureAwait(false);
            await foreach (StreamingChatMessageContent update in InvokeStreamingAsync(agent, cancellationToken).ConfigureAwait(false))
                yield return update;
        }
    }

    public async IAsyncEnumerable<ChatMessageContent> InvokeAsync(
        Agent agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AddAgent(agent);
        await foreach (ChatMessageContent message in InvokeAgentAsync(agent, cancellationToken).ConfigureAwait(false))
            yield return message;
        await EvaluateAsync(agent, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        Agent agent, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        AddAgent(agent);
        await foreach (StreamingChatMessageContent update in InvokeStreamingAgentAsync(agent, cancellationToken).ConfigureAwait(false))
            yield return update;
        await EvaluateAsync(agent, cancellationToken).ConfigureAwait(false);
    }

    private async Task EvaluateAsync(Agent agent, CancellationToken cancellationToken) =>
        IsComplete = await ExecutionSettings.TerminationStrategy.ShouldTerminateAsync(agent, History, cancellationToken)
            .ConfigureAwait(false);

    private void EnsureNotComplete()
    {
        if (IsComplete && !ExecutionSettings.TerminationStrategy.AutomaticReset)
            throw new KernelException("Agent Failure - Chat has completed.");
        IsComplete = false;
    }
}
