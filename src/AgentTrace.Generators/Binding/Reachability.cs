using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>Whether generated code, which stands beside the app's types, may name a type.</summary>
internal static class Reachability
{
    /// <summary>Why it may not; null when it may.</summary>
    public static string? WhyNot(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return WhyNot(array.ElementType);
            case INamedTypeSymbol named:
                if (named.IsFileLocal)
                    return $"{named.Name} is local to its file";
                if (named.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                    return $"{named.Name} is {named.DeclaredAccessibility.ToString().ToLowerInvariant()}: generated code cannot name it; make it internal";
                return named.ContainingType is { } outer && WhyNot(outer) is { } reason
                    ? reason
                    : named.TypeArguments.Select(WhyNot).FirstOrDefault(why => why is not null);
            default:
                return null;
        }
    }
}
