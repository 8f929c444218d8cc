using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Magentic;

/// <summary>A team in words.</summary>
[Experimental("SKEXP0110")]
public static class MagenticTeamExtensions
{
    public static string FormatNames(this MagenticTeam team) => string.Join(",", team.Select(member => member.Key));

    public static string FormatList(this MagenticTeam team) =>
        string.Join("\n", team.Select(member => $"- {member.Key}: {member.Value.Description}"));
}
