using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>Asks the user.</summary>
[Experimental("SKEXP0110")]
public delegate ValueTask<ChatMessageContent> OrchestrationInteractiveCallback();
