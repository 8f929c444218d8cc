using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel.Agents.Orchestration.Transforms;

/// <summary>The input as messages.</summary>
[Experimental("SKEXP0110")]
public delegate ValueTask<IEnumerable<ChatMessageContent>> OrchestrationInputTransform<TInput>(
    TInput input, CancellationToken cancellationToken = default);
