using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>Functions under one name.</summary>
public abstract class KernelPlugin : IEnumerable<KernelFunction>
{
    protected KernelPlugin(string name, string? description = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        Description = description ?? "";
    }

    public string Name { get; }

    public string Description { get; }

    public abstract int FunctionCount { get; }

    public KernelFunction this[string functionName] => TryGetFunction(functionName, out KernelFunction? function)
        ? function
        : throw new KeyNotFoundException($"Plugin '{Name}' has no function '{functionName}'.");

    public bool Contains(string functionName) => TryGetFunction(functionName, out _);

    public bool Contains(KernelFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Contains(function.Name);
    }

    public abstract bool TryGetFunction(string name, [NotNullWhen(true)] out KernelFunction? function);

    public IList<KernelFunctionMetadata> GetFunctionsMetadata() => [.. this.Select(function => function.Metadata)];

    public IEnumerable<AIFunction> AsAIFunctions(Kernel? kernel = null) => this.Select(function => function.WithKernel(kernel));

    public abstract IEnumerator<KernelFunction> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
