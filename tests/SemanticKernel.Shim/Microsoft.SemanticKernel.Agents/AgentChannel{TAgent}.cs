using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents;

/// <summary>A channel that takes agents of one class only.</summary>
[Experimental("SKEXP0110")]
public abstract class AgentChannel<TAgent> : AgentChannel where TAgent : Agent
{
    protected internal abstract IAsyncEnumerable<(bool IsVisible, ChatMessageContent Message)> InvokeAsync(
        TAgent agent, CancellationToken cancellationToken = default);

    protected internal override IAsyncEnumerable<(bool IsVisible, ChatMessageContent Message)> InvokeAsync(
        Agent agent, CancellationToken cancellationToken = default) => InvokeAsync(Checked(agent), cancellationToken);

    protected internal abstract IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        TAgent agent, IList<ChatMessageContent> messages, CancellationToken cancellationToken = default);

    protected internal override IAsyncEnumerable<StreamingChatMessageContent> InvokeStreamingAsync(
        Agent agent, IList<ChatMessageContent> messages, CancellationToken cancellationToken = default) =>
        InvokeStreamingAsync(Checked(agent), messages, cancellationToken);

    private static TAgent Checked(Agent agent) =>
        agent as TAgent ?? throw new KernelException($"Invalid agent channel: {typeof(TAgent).Name}/{agent.GetType().Name}");
}
