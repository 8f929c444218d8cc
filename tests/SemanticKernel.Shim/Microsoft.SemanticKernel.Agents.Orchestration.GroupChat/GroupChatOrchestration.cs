using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.GroupChat;

/// <summary>Text in, text out.</summary>
[Experimental("SKEXP0110")]
public sealed class GroupChatOrchestration(GroupChatManager manager, params Agent[] members)
    : GroupChatOrchestration<string, string>(manager, members);
