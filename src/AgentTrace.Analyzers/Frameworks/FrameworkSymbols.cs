using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Microsoft Agent Framework's types.</summary>
internal sealed class FrameworkSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Agent { get; } = compilation.GetTypeByMetadataName(FrameworkNames.FrameworkAgent);

    public INamedTypeSymbol? ChatClientAgent { get; } = compilation.GetTypeByMetadataName("Microsoft.Agents.AI.ChatClientAgent");

    public INamedTypeSymbol? ChatClientAgentOptions { get; } = compilation.GetTypeByMetadataName("Microsoft.Agents.AI.ChatClientAgentOptions");
}
