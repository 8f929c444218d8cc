using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>A team in words.</summary>
[Experimental("SKEXP0110")]
public static class ChatGroupExtensions
{
    public static string FormatNames(this GroupChatTeam team) => string.Join(",", team.Select(member => member.Key));

    public static string FormatList(this GroupChatTeam team) =>
        string.Join("\n", team.Select(member => $"- {member.Key}: {member.Value.Description}"));
}
