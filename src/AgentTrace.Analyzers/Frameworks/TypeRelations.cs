using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>How a type stands to a framework's type.</summary>
internal static class TypeRelations
{
    /// <summary>Whether <paramref name="type"/> is <paramref name="other"/>; false where the framework is absent.</summary>
    public static bool Same(this ITypeSymbol? type, INamedTypeSymbol? other) => other is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, other);

    /// <summary>Whether <paramref name="type"/> is <paramref name="other"/> or derives from it; false where the framework is absent.</summary>
    public static bool Is(this ITypeSymbol? type, INamedTypeSymbol? other)
    {
        if (other is null)
            return false;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, other))
                return true;
        return false;
    }

    /// <summary>Whether <paramref name="type"/> is <paramref name="face"/> or implements it; false where the framework is absent.</summary>
    public static bool Implements(this ITypeSymbol? type, INamedTypeSymbol? face) =>
        face is not null && type is not null
        && (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, face) || type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, face)));
}
