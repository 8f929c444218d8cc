using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>The types of .NET and OpenTelemetry that rules speak of.</summary>
internal sealed class PlatformSymbols(Compilation compilation)
{
    public INamedTypeSymbol? Activity { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.Activity");

    public INamedTypeSymbol? ActivitySource { get; } = compilation.GetTypeByMetadataName("System.Diagnostics.ActivitySource");

    public INamedTypeSymbol? Baggage { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Baggage");

    public INamedTypeSymbol? Environment { get; } = compilation.GetTypeByMetadataName("System.Environment");

    public INamedTypeSymbol? AppContext { get; } = compilation.GetTypeByMetadataName("System.AppContext");

    public INamedTypeSymbol? Type { get; } = compilation.GetTypeByMetadataName("System.Type");

    public INamedTypeSymbol? TracerProvider { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Trace.TracerProvider");

    public INamedTypeSymbol? TracerProviderBuilder { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Trace.TracerProviderBuilder");

    public INamedTypeSymbol? AlwaysOffSampler { get; } = compilation.GetTypeByMetadataName("OpenTelemetry.Trace.AlwaysOffSampler");
}
