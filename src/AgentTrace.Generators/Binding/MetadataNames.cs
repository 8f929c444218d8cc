using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>The name by which a type is found in metadata.</summary>
internal static class MetadataNames
{
    public static string Of(INamedTypeSymbol type) =>
        type.ContainingType is null && type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
}
