using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

/// <summary>Finds functions among plugins.</summary>
public static class KernelPluginExtensions
{
    public static bool Contains(this IReadOnlyKernelPluginCollection plugins, string pluginName)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        return plugins.TryGetPlugin(pluginName, out _);
    }

    public static KernelFunction GetFunction(this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName) =>
        plugins.TryGetFunction(pluginName, functionName, out KernelFunction? function)
            ? function
            : throw new KeyNotFoundException(
                $"No plugin has the function asked for. Plugin name - '{pluginName}', function name - '{functionName}'.");

    public static bool TryGetFunction(
        this IReadOnlyKernelPluginCollection plugins, string? pluginName, string functionName, [NotNullWhen(true)] out KernelFunction? func)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        func = null;
        foreach (KernelPlugin plugin in plugins)
        {
            bool asked =
                string.IsNullOrWhiteSpace(pluginName) || string.Equals(plugin.Name, pluginName, StringComparison.OrdinalIgnoreCase);
            if (asked && plugin.TryGetFunction(functionName, out func))
                return true;
        }

        return false;
    }

    public static IList<KernelFunctionMetadata> GetFunctionsMetadata(this IEnumerable<KernelPlugin> plugins) =>
        [.. plugins.SelectMany(plugin => plugin.GetFunctionsMetadata())];
}
