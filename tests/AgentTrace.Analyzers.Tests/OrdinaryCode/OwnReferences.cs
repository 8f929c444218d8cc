using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.OrdinaryCode;

/// <summary>References for our own projects: everything this process has, without the test framework.</summary>
/// <remarks>Rules leave test projects alone. Our tests are judged as if they were apps, which asks more of the rules than a build does.</remarks>
internal static class OwnReferences
{
    private static readonly string[] s_realAgents = ["Microsoft.Agents.AI", "Microsoft.Agents.AI.Abstractions", "Microsoft.Agents.AI.Workflows", "Microsoft.Extensions.AI"];

    private static readonly Dictionary<string, MetadataReference> s_all = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => !Path.GetFileName(path).StartsWith("xunit", StringComparison.Ordinal))
        // The runtime's own list may name a file twice.
        .DistinctBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => (MetadataReference)MetadataReference.CreateFromFile(path));

    /// <summary>What project <paramref name="name"/> is compiled against: Semantic Kernel's stand-in, or the real Agent Framework.</summary>
    public static IEnumerable<MetadataReference> For(string name, bool standIn) => s_all
        .Where(reference => reference.Key != name && (standIn ? !s_realAgents.Contains(reference.Key) : reference.Key != "SemanticKernel.Shim"))
        .Select(reference => reference.Value);
}
