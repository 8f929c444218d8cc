using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>Whether generated code, which stands beside the app's types, may name a type.</summary>
internal static class Reachability
{
    /// <summary>The first type that an interceptor of <paramref name="method"/> would have to name and may not; null when it may name all.</summary>
    /// <remarks>Type arguments are not named: the interceptor is as open as the method's declaration.</remarks>
    public static INamedTypeSymbol? Hidden(IMethodSymbol method)
    {
        IMethodSymbol declared = method.OriginalDefinition;
        if (Hidden(declared.ContainingType) is { } receiver)
            return receiver;
        foreach (IParameterSymbol parameter in declared.Parameters)
            if (Hidden(parameter.Type) is { } hidden)
                return hidden;
        return null;
    }

    /// <summary>Why <paramref name="hidden"/> may not be named.</summary>
    public static string Why(INamedTypeSymbol hidden) => hidden.IsFileLocal
        ? $"{hidden.Name} is local to its file: generated code cannot name it; make it internal"
        : $"{hidden.Name} is {hidden.DeclaredAccessibility.ToString().ToLowerInvariant()}: generated code cannot name it; make it internal";

    private static INamedTypeSymbol? Hidden(ITypeSymbol type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Hidden(array.ElementType);
            case INamedTypeSymbol named:
                if (named.IsFileLocal || named.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                    return named;
                if (named.ContainingType is { } outer && Hidden(outer) is { } hidden)
                    return hidden;
                foreach (ITypeSymbol argument in named.TypeArguments)
                    if (Hidden(argument) is { } inner)
                        return inner;
                return null;
            default:
                return null;
        }
    }
}
