using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types whose text is what people and models say.</summary>
internal sealed class MessageSymbols(Compilation compilation)
{
    private readonly ImmutableArray<INamedTypeSymbol> _messages = ImmutableArray.CreateRange(new[]
    {
        "Microsoft.Extensions.AI.ChatMessage",
        "Microsoft.Extensions.AI.ChatResponse",
        "Microsoft.Extensions.AI.ChatResponseUpdate",
        "Microsoft.Extensions.AI.TextContent",
        "Microsoft.Agents.AI.AgentResponse",
        "Microsoft.Agents.AI.AgentResponseUpdate",
        "Microsoft.SemanticKernel.ChatMessageContent",
        "Microsoft.SemanticKernel.StreamingChatMessageContent",
        "Microsoft.SemanticKernel.TextContent",
        "Microsoft.SemanticKernel.StreamingTextContent",
    }.Select(compilation.GetTypeByMetadataName).OfType<INamedTypeSymbol>());

    /// <summary>Whether a value of <paramref name="type"/> is a message, whose <c>ToString</c> is its text.</summary>
    public bool IsMessage(ITypeSymbol? type)
    {
        foreach (INamedTypeSymbol message in _messages)
            if (type.Is(message))
                return true;
        return false;
    }

    /// <summary>Whether <paramref name="property"/> gives a message's text.</summary>
    public bool IsText(IPropertySymbol property) => property.Name is "Text" or "Content" && IsMessage(property.ContainingType);
}
