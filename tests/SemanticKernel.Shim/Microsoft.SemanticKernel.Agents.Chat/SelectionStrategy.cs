using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.SemanticKernel.Agents.Chat;

/// <summary>Chooses who speaks next.</summary>
[Experimental("SKEXP0110")]
public abstract class SelectionStrategy
{
    public Agent? InitialAgent { get; set; }

    protected bool HasSelected { get; private set; }

    protected internal ILogger Logger { get; internal set; } = NullLogger.Instance;

    public async Task<Agent> NextAsync(
        IReadOnlyList<Agent> agents, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agents);
        if (agents.Count == 0 && InitialAgent is null)
            throw new KernelException("Agent Failure - No agents present to select.");
        Agent next = !HasSelected && InitialAgent is not null
            ? InitialAgent
            : await SelectAgentAsync(agents, history, cancellationToken).ConfigureAwait(false);
        HasSelected = true;
        return next;
    }

    protected abstract Task<Agent> SelectAgentAsync(
        IReadOnlyList<Agent> agents, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken = default);
}
