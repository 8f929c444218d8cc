using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Chat;

/// <summary>One after the other, round and round.</summary>
[Experimental("SKEXP0110")]
public sealed class SequentialSelectionStrategy : SelectionStrategy
{
    private int _index = -1;

    public void Reset() => _index = -1;

    protected override Task<Agent> SelectAgentAsync(
        IReadOnlyList<Agent> agents, IReadOnlyList<ChatMessageContent> history, CancellationToken cancellationToken = default)
    {
        // An initial agent that is also the first has had its turn.
        bool firstHasSpoken = HasSelected && _index < 0 && InitialAgent is not null && agents[0] == InitialAgent;
        _index = (_index + (firstHasSpoken ? 2 : 1)) % agents.Count;
        return Task.FromResult(agents[_index]);
    }
}
