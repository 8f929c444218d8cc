using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>The members by name: actor type and description.</summary>
[Experimental("SKEXP0110")]
public class GroupChatTeam : Dictionary<string, (string Type, string Description)>;
