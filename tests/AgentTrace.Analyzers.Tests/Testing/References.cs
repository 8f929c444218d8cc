using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Tests.Testing;

/// <summary>What the code under test is compiled against.</summary>
internal static class References
{
    private static readonly string[] s_all = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) is var name && !name.StartsWith("AgentTrace.Analyzers", StringComparison.Ordinal) && !name.StartsWith("AgentTrace.CodeFixes", StringComparison.Ordinal)
            && !name.StartsWith("AgentTrace.TestKit", StringComparison.Ordinal) && !name.StartsWith("xunit", StringComparison.Ordinal) && !name.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal))];

    /// <summary>Semantic Kernel (a stand-in with the same names and signatures), the SDK, OpenTelemetry and .NET.</summary>
    public static IReadOnlyList<MetadataReference> SemanticKernel { get; } = Read(path =>
        !path.StartsWith("Microsoft.Agents.AI", StringComparison.Ordinal) && path is not "Microsoft.Extensions.AI.dll" and not "Microsoft.Extensions.AI.OpenAI.dll");

    /// <summary>The real Microsoft Agent Framework and Microsoft.Extensions.AI, the SDK, OpenTelemetry and .NET.</summary>
    public static IReadOnlyList<MetadataReference> AgentFramework { get; } = Read(path => path != "SemanticKernel.Shim.dll");

    /// <summary>.NET alone.</summary>
    public static IReadOnlyList<MetadataReference> NoAgents { get; } = Read(path =>
        path.StartsWith("System.", StringComparison.Ordinal) || path is "mscorlib.dll" or "netstandard.dll" or "Microsoft.CSharp.dll");

    private static IReadOnlyList<MetadataReference> Read(Func<string, bool> wanted) =>
        [.. s_all.Where(path => wanted(Path.GetFileName(path))).Select(path => MetadataReference.CreateFromFile(path))];
}
