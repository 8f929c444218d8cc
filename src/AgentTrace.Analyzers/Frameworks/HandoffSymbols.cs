using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Semantic Kernel's handoff orchestration.</summary>
internal sealed class HandoffSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Orchestration { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.Agents.Orchestration.Handoff.HandoffOrchestration`2");

    public INamedTypeSymbol? Handoffs { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.Agents.Orchestration.Handoff.OrchestrationHandoffs");

    public INamedTypeSymbol? Additions { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.Agents.Orchestration.Handoff.OrchestrationHandoffsExtensions");
}
