using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types of Microsoft.Extensions.AI.</summary>
internal sealed class ChatSymbols(Compilation compilation)
{
    public INamedTypeSymbol? ChatClient { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.IChatClient");
}
