namespace Microsoft.SemanticKernel;

/// <summary>Ties a function to a kernel.</summary>
public static class KernelFunctionExtensions
{
    public static KernelFunction WithKernel(this KernelFunction kernelFunction, Kernel? kernel = null, string? pluginName = null)
    {
        ArgumentNullException.ThrowIfNull(kernelFunction);
        KernelFunction clone = kernelFunction.Clone(pluginName ?? kernelFunction.PluginName);
        clone.Kernel = kernel;
        return clone;
    }
}
