using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Semantic Kernel's types.</summary>
internal sealed class KernelSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Agent { get; } = compilation.GetTypeByMetadataName(FrameworkNames.KernelAgent);

    public INamedTypeSymbol? ChatCompletionAgent { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.Agents.ChatCompletionAgent");

    public INamedTypeSymbol? ChatCompletionService { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.ChatCompletion.IChatCompletionService");
}
