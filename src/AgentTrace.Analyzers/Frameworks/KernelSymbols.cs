using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Semantic Kernel's types.</summary>
internal sealed class KernelSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Agent { get; } = compilation.GetTypeByMetadataName(FrameworkNames.KernelAgent);
}
