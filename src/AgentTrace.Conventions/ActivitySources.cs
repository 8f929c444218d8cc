namespace AgentTrace.Conventions;

/// <summary>Names of the activity sources that write, or whose spans belong to, agent runs.</summary>
public static class ActivitySources
{
    /// <summary>The AgentTrace SDK.</summary>
    public const string AgentTrace = "AgentTrace";

    /// <summary>The AgentTrace collector's verdicts.</summary>
    public const string Attribution = "AgentTrace.Attribution";

    /// <summary>Probes: circuits that ran on what agents said.</summary>
    public const string Probe = "AgentTrace.Probe";

    /// <summary>Semantic Kernel's tool calls.</summary>
    public const string SemanticKernel = "Microsoft.SemanticKernel";

    /// <summary>Semantic Kernel's agents and chats, behind its experimental switch.</summary>
    public const string SemanticKernelDiagnostics = "Microsoft.SemanticKernel.Diagnostics";

    /// <summary>Microsoft Agent Framework's agents.</summary>
    public const string AgentFramework = "Experimental.Microsoft.Agents.AI";

    /// <summary>Microsoft Agent Framework's workflows.</summary>
    public const string AgentFrameworkWorkflows = "Microsoft.Agents.AI.Workflows";

    /// <summary>Microsoft.Extensions.AI chat clients and function calls.</summary>
    public const string ExtensionsAI = "Experimental.Microsoft.Extensions.AI";
}
