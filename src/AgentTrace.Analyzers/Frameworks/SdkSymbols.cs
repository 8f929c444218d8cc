using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types of the AgentTrace SDK.</summary>
internal sealed class SdkSymbols(Compilation compilation)
{
    /// <summary>The name of the SDK's activity source, and of its assembly.</summary>
    public const string Name = "AgentTrace";

    public INamedTypeSymbol? Run { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentRun");

    public INamedTypeSymbol? Turn { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentTurn");

    public INamedTypeSymbol? ToolCall { get; } = compilation.GetTypeByMetadataName("AgentTrace.ToolCall");

    /// <summary>What the generator's glue calls: where it is absent, nothing is intercepted.</summary>
    public INamedTypeSymbol? Glue { get; } = compilation.GetTypeByMetadataName(FrameworkNames.Sdk);

    /// <summary>Has <c>AddAgentTraceInstrumentation</c>.</summary>
    public INamedTypeSymbol? Wiring { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Trace.AgentTraceTracerProviderBuilderExtensions");

    /// <summary>Has <c>WithAgentTrace</c>.</summary>
    public INamedTypeSymbol? ChatClients { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.AgentTraceChatClientExtensions");

    /// <summary>Whether <paramref name="type"/> is a span of the SDK's: a run, a turn or a tool call.</summary>
    public bool IsSpan(ITypeSymbol? type) => type.Is(Run) || type.Is(Turn) || type.Is(ToolCall);
}
