using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration;

/// <summary>Is told every message of every agent.</summary>
[Experimental("SKEXP0110")]
public delegate ValueTask OrchestrationResponseCallback(ChatMessageContent response);
