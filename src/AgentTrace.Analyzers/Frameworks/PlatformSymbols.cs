using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types of .NET and OpenTelemetry that rules speak of.</summary>
internal sealed class PlatformSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Activity { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Activity");

    public INamedTypeSymbol? TracerProviderBuilder { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Trace.TracerProviderBuilder");
}
