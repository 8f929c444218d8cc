using Microsoft.CodeAnalysis;

namespace AgentTrace.Analyzers.Frameworks;

/// <summary>What makes a method a tool.</summary>
internal sealed class ToolSymbols(Compilation compilation)
{
    public INamedTypeSymbol? KernelFunction { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.KernelFunctionAttribute");

    public INamedTypeSymbol? KernelFunctionFactory { get; } = compilation.GetTypeByMetadataName("Microsoft.SemanticKernel.KernelFunctionFactory");

    public INamedTypeSymbol? FunctionFactory { get; } = compilation.GetTypeByMetadataName("Microsoft.Extensions.AI.AIFunctionFactory");

    public INamedTypeSymbol? Exception { get; } = compilation.GetTypeByMetadataName("System.Exception");

    public INamedTypeSymbol? Canceled { get; } = compilation.GetTypeByMetadataName("System.OperationCanceledException");

    /// <summary>Whether <paramref name="method"/> makes a tool of the method or lambda it is given.</summary>
    public bool MakesTool(IMethodSymbol method) => method.Name is "Create" or "CreateFromMethod"
        && (method.ContainingType.Is(FunctionFactory) || method.ContainingType.Is(KernelFunctionFactory));
}
