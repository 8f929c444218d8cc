using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Transforms;

/// <summary>The final messages as output.</summary>
[Experimental("SKEXP0110")]
public delegate ValueTask<TOutput> OrchestrationOutputTransform<TOutput>(
    IList<ChatMessageContent> result, CancellationToken cancellationToken = default);
