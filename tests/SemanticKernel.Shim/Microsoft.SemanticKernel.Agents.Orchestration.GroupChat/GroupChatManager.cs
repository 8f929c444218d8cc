using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>Decides who speaks next and when it is enough. No span tells of its decisions.</summary>
[Experimental("SKEXP0110")]
public abstract class GroupChatManager
{
    private int _invocationCount;

    public int InvocationCount => _invocationCount;

    public int MaximumInvocationCount { get; init; } = int.MaxValue;

    public OrchestrationInteractiveCallback? InteractiveCallback { get; init; }

    public abstract ValueTask<GroupChatManagerResult<string>> FilterResults(
        ChatHistory history, CancellationToken cancellationToken = default);

    public abstract ValueTask<GroupChatManagerResult<string>> SelectNextAgent(
        ChatHistory history, GroupChatTeam team, CancellationToken cancellationToken = default);

    public abstract ValueTask<GroupChatManagerResult<bool>> ShouldRequestUserInput(
        ChatHistory history, CancellationToken cancellationToken = default);

    public virtual ValueTask<GroupChatManagerResult<bool>> ShouldTerminate(
        ChatHistory history, CancellationToken cancellationToken = default)
    {
        bool enough = Interlocked.Increment(ref _invocationCount) > MaximumInvocationCount;
        string reason = enough ? "Maximum number of invocations reached." : "Maximum number of invocations has not been reached.";
        return ValueTask.FromResult(new GroupChatManagerResult<bool>(enough) { Reason = reason });
    }
}
