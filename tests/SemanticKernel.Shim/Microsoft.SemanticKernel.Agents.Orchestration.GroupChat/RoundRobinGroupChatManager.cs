using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>One after the other; the last message is the result.</summary>
[Experimental("SKEXP0110")]
public class RoundRobinGroupChatManager : GroupChatManager
{
    private int _next;

    public override ValueTask<GroupChatManagerResult<string>> FilterResults(
        ChatHistory history, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new GroupChatManagerResult<string>(history.LastOrDefault()?.Content ?? "") { Reason = "The last message." });

    public override ValueTask<GroupChatManagerResult<string>> SelectNextAgent(
        ChatHistory history, GroupChatTeam team, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(team);
        string name = team.Keys.ElementAt(_next);
        string reason = $"Selected agent at index: {_next}";
        _next = (_next + 1) % team.Count;
        return ValueTask.FromResult(new GroupChatManagerResult<string>(name) { Reason = reason });
    }

    public override ValueTask<GroupChatManagerResult<bool>> ShouldRequestUserInput(
        ChatHistory history, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(new GroupChatManagerResult<bool>(false) { Reason = "Round robin asks no user." });
}
