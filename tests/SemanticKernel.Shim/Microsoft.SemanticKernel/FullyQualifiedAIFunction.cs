using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

/// <summary>A function whose name, seen as an <see cref="AIFunction"/>, carries its plugin: <c>Plugin_function</c>.</summary>
public abstract class FullyQualifiedAIFunction : AIFunction
{
    private protected FullyQualifiedAIFunction(KernelFunctionMetadata metadata) => Metadata = metadata;

    public KernelFunctionMetadata Metadata { get; init; }

    public override string Name =>
        string.IsNullOrWhiteSpace(Metadata.PluginName) ? Metadata.Name : $"{Metadata.PluginName}_{Metadata.Name}";
}
