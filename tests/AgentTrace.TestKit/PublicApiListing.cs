using System.Reflection;

namespace AgentTrace.TestKit;

/// <summary>Lists an assembly's public types and members, one a line, so that every change to what users see shows in a diff.</summary>
public static class PublicApiListing
{
    /// <summary>Set to <c>1</c> to rewrite the listing instead of checking it.</summary>
    public const string UpdateVariable = "AGENTTRACE_UPDATE_API";

    /// <summary>How the assembly differs from its listing; empty when it does not, or when the listing was just rewritten.</summary>
    /// <param name="assembly">The assembly to list.</param>
    /// <param name="path">The listing, below the checkout's root.</param>
    /// <returns>One line a difference: <c>+</c> is new in the assembly, <c>-</c> is gone from it.</returns>
    public static IReadOnlyList<string> Differences(Assembly assembly, string path)
    {
        string file = Path.Combine(SharedData.RepositoryRoot, path);
        string[] actual = [.. Of(assembly)];
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllLines(file, actual);
            return [];
        }

        string[] listed = File.Exists(file) ? File.ReadAllLines(file) : [];
        return [.. actual.Except(listed).Select(line => "+ " + line), .. listed.Except(actual).Select(line => "- " + line)];
    }

    /// <summary>The public types and members, sorted.</summary>
    public static IEnumerable<string> Of(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetExportedTypes().Where(type => !IsComponent(type)).SelectMany(Lines).Order(StringComparer.Ordinal);
    }

    /// <summary>Razor makes every component public; pages are no API.</summary>
    private static bool IsComponent(Type type) => type.GetInterface("Microsoft.AspNetCore.Components.IComponent") is not null;

    private static IEnumerable<string> Lines(Type type)
    {
        var signatures = new ApiSignatures();
        yield return ApiSignatures.Of(type);
        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (MemberInfo member in type.GetMembers(declared))
            if (signatures.Of(member) is { } line)
                yield return line;
    }
}
