using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>What starts, names and carries spans: .NET's own, OpenTelemetry's and AgentTrace's.</summary>
internal sealed class SpanSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Activity { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Activity");

    public INamedTypeSymbol? ActivitySource { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.ActivitySource");

    public INamedTypeSymbol? Baggage { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Baggage");

    public INamedTypeSymbol? Run { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentRun");

    public INamedTypeSymbol? Turn { get; } = compilation.GetTypeByMetadataName("AgentTrace.AgentTurn");

    public INamedTypeSymbol? ToolCall { get; } = compilation.GetTypeByMetadataName("AgentTrace.ToolCall");

    public INamedTypeSymbol? TracedChatClients { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.AgentTraceChatClientExtensions");

    /// <summary>Whether <paramref name="type"/> is a run, a turn or a tool call of the SDK.</summary>
    public bool IsOfSdk(ITypeSymbol? type) => type.Is(Run) || type.Is(Turn) || type.Is(ToolCall);
}
