using AgentTrace.Conventions;

namespace AgentTrace.NativeSpans;

/// <summary>The sources by which frameworks write GenAI spans of their own.</summary>
internal static class NativeSources
{
    public static string[] All { get; } =
    [
        ActivitySources.SemanticKernel,
        ActivitySources.SemanticKernelDiagnostics,
        ActivitySources.AgentFramework,
        ActivitySources.AgentFrameworkWorkflows,
        ActivitySources.ExtensionsAI,
    ];

    public static bool Contains(string name) => Array.IndexOf(All, name) >= 0;
}
