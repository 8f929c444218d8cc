using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.SemanticKernel.Agents.Chat;

/// <summary>Decides after each turn whether the chat is over.</summary>
[Experimental("SKEXP0110")]
public abstract class TerminationStrategy
{
    public const int DefaultMaximumIterations = 99;

    /// <summary>Turns after which one invocation of the chat stops in any case.</summary>
    public int MaximumIterations { get; set; } = DefaultMaximumIterations;

    public bool AutomaticReset { get; set; }

    /// <summary>The agents whose turns count; null or empty for all.</summary>
    public IReadOnlyList<Agent>? Agents { get; set; }

    protected internal ILogger Logger { get; internal set; } = NullLogger.Instance;

    public async Task<bool> ShouldTerminateAsync(
        Agent agent, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(agent);
        bool counts = Agents is not { Count: > 0 } || Agents.Any(known => known.Id == agent.Id);
        return counts && await ShouldAgentTerminateAsync(agent, history, cancellationToken).ConfigureAwait(false);
    }

    protected abstract Task<bool> ShouldAgentTerminateAsync(
        Agent agent, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken);
}
