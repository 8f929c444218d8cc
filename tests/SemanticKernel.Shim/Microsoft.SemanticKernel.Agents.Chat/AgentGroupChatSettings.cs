using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Chat;

/// <summary>Who speaks next and when it is enough: by default one turn of the first agent.</summary>
[Experimental("SKEXP0110")]
public class AgentGroupChatSettings
{
    public TerminationStrategy TerminationStrategy { get; init; } = new OneTurn { MaximumIterations = 1 };

    public SelectionStrategy SelectionStrategy { get; init; } = new SequentialSelectionStrategy();

    private sealed class OneTurn : TerminationStrategy
    {
        protected override Task<bool> ShouldAgentTerminateAsync(
            Agent agent, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
