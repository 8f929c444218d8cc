using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>What decides whether content is captured, and what takes secrets out of it.</summary>
internal sealed class CaptureSymbols(Compilation compilation)
{
    // The sources whose spans AgentTrace holds to its own switch and redactor: NativeSources of the SDK.
    private static readonly ImmutableHashSet<string> s_normalized = ImmutableHashSet.Create(
        "Microsoft.SemanticKernel", "Microsoft.SemanticKernel.Diagnostics", "Experimental.Microsoft.Agents.AI", "Microsoft.Agents.AI.Workflows", "Experimental.Microsoft.Extensions.AI");

    public INamedTypeSymbol? Options { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentTraceOptions");

    public INamedTypeSymbol? Redactor { get; } = compilation.GetTypeByMetadataName("AgentTrace.IContentRedactor");

    public INamedTypeSymbol? TracedChats { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.OpenTelemetryChatClient");

    public INamedTypeSymbol? TracedAgents { get; } = compilation.GetTypeByMetadataName("Microsoft.Agents.AI.OpenTelemetryAgent");

    /// <summary>Whether AgentTrace makes the spans of a source fit; a blank name stands for the framework's default, which it does.</summary>
    public static bool IsNormalized(string? source) => string.IsNullOrWhiteSpace(source) || s_normalized.Contains(source!);
}
