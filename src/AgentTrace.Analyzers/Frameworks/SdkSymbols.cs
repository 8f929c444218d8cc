using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types of the AgentTrace SDK.</summary>
internal sealed class SdkSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Run { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentRun");
}
