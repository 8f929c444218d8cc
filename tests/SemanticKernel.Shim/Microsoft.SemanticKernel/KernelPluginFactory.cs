using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

/// <summary>Makes plugins of types, objects and functions.</summary>
public static class KernelPluginFactory
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [RequiresUnreferencedCode("Reads the type's methods.")]
    public static KernelPlugin CreateFromType<T>(string? pluginName = null, IServiceProvider? serviceProvider = null) =>
        CreateFromObject(ActivatorUtilities.CreateInstance<T>(serviceProvider ?? NoServices.Instance)!, pluginName);

    [RequiresUnreferencedCode("Reads the object's methods.")]
    public static KernelPlugin CreateFromObject(object target, string? pluginName = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        Type type = target.GetType();
        KernelFunction[] functions = [.. type.GetMethods(Methods)
            .Where(method => method.IsDefined(typeof(KernelFunctionAttribute)))
            .Select(method => KernelFunctionFactory.CreateFromMethod(method, method.IsStatic ? null : target))];
        return functions.Length == 0
            ? throw new ArgumentException($"The {type} instance doesn't implement any [KernelFunction]-attributed methods.", nameof(target))
            : CreateFromFunctions(pluginName ?? type.Name, type.GetCustomAttribute<DescriptionAttribute>()?.Description, functions);
    }

    public static KernelPlugin CreateFromFunctions(string pluginName, IEnumerable<KernelFunction>? functions) =>
        CreateFromFunctions(pluginName, description: null, functions);

    public static KernelPlugin CreateFromFunctions(
        string pluginName, string? description = null, IEnumerable<KernelFunction>? functions = null) =>
        new DefaultKernelPlugin(pluginName, description, functions);
}
