using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>A manager's decision and why.</summary>
[Experimental("SKEXP0110")]
public sealed class GroupChatManagerResult<TValue>(TValue value)
{
    public string Reason { get; init; } = "";

    public TValue Value { get; } = value;
}
