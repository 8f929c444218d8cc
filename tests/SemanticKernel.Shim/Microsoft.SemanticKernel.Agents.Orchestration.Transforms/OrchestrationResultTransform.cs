using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Transforms;

/// <summary>A result message as chat messages.</summary>
[Experimental("SKEXP0110")]
public delegate IList<ChatMessageContent> OrchestrationResultTransform<TResult>(TResult result);
