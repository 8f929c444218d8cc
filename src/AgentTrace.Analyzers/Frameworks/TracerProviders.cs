using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>Which calls wire a tracer provider.</summary>
internal static class TracerProviders
{
    /// <summary>Whether the call makes our spans reach a tracer provider.</summary>
    public static bool IsInstrumented(IInvocationOperation call, AgentFrameworks frameworks) => call.TargetMethod.Name switch
    {
        "AddAgentTraceInstrumentation" => call.TargetMethod.ContainingType.Same(frameworks.Sdk.Wiring),
        "AddSource" => call.TargetMethod.ContainingType.Is(frameworks.Platform.TracerProviderBuilder) && call.Arguments.Any(argument => Names(argument.Value)),
        _ => false,
    };

    /// <summary>Whether the call begins the making of a tracer provider: <c>Sdk.CreateTracerProviderBuilder()</c>, <c>WithTracing(...)</c>.</summary>
    public static bool IsBegun(IInvocationOperation call) => call.TargetMethod switch
    {
        { Name: "CreateTracerProviderBuilder", ContainingType.Name: "Sdk" } method => IsOurs(method),
        { Name: "WithTracing" } method => IsOurs(method),
        _ => false,
    };

    private static bool IsOurs(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "OpenTelemetry";
    }

    // A name that is not a constant may be ours: then nothing is said.
    private static bool Names(IOperation value) => value switch
    {
        IArrayCreationOperation { Initializer: { } names } => names.ElementValues.Any(Names),
        IConversionOperation conversion => Names(conversion.Operand),
        { ConstantValue: { HasValue: true, Value: string name } } => name is SdkSymbols.Name || name.Contains('*'),
        _ => true,
    };
}
