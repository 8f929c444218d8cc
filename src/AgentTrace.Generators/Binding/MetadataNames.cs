using Microsoft.CodeAnalysis;

namespace AgentTrace.Generators.Binding;

/// <summary>The names by which types are found in metadata.</summary>
internal static class MetadataNames
{
    /// <summary>Whether <paramref name="type"/>, which is not nested, has this full metadata name. Asked of many calls: it allocates nothing.</summary>
    public static bool Is(INamedTypeSymbol type, string name)
    {
        if (type.ContainingType is not null || type.ContainingNamespace is not { IsGlobalNamespace: false } space)
            return false;
        string bare = type.MetadataName;
        int end = name.Length - bare.Length;
        if (end < 1 || string.CompareOrdinal(name, end, bare, 0, bare.Length) != 0)
            return false;
        for (; !space.IsGlobalNamespace; space = space.ContainingNamespace)
        {
            int start = end - 1 - space.Name.Length;
            if (start < 0 || name[end - 1] != '.' || string.CompareOrdinal(name, start, space.Name, 0, space.Name.Length) != 0)
                return false;
            end = start;
        }

        return end == 0;
    }
}
