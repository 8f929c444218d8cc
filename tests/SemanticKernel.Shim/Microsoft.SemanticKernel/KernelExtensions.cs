using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>What a kernel and its builder can do beyond their own members.</summary>
public static class KernelExtensions
{
    /// <exception cref="InvalidOperationException">The builder came from <c>AddKernel</c>: the host builds that kernel.</exception>
    public static Kernel Build(this IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder is KernelBuilder { AllowBuild: false })
            throw new InvalidOperationException("A builder from AddKernel cannot build. Resolve the Kernel from the service provider.");
        return new Kernel(builder.Services.BuildServiceProvider());
    }

    public static KernelFunction CreateFunctionFromMethod(
        this Kernel kernel,
        Delegate method,
        string? functionName = null,
        string? description = null,
        IEnumerable<KernelParameterMetadata>? parameters = null,
        KernelReturnParameterMetadata? returnParameter = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return KernelFunctionFactory.CreateFromMethod(method, functionName, description, parameters, returnParameter, kernel.LoggerFactory);
    }

    public static KernelFunction CreateFunctionFromPrompt(
        this Kernel kernel,
        string promptTemplate,
        PromptExecutionSettings? executionSettings = null,
        string? functionName = null,
        string? description = null,
        string? templateFormat = null,
        IPromptTemplateFactory? promptTemplateFactory = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return KernelFunctionFactory.CreateFromPrompt(
            promptTemplate, executionSettings, functionName, description, templateFormat, promptTemplateFactory, kernel.LoggerFactory);
    }

    public static Task<FunctionResult> InvokePromptAsync(
        this Kernel kernel,
        string promptTemplate,
        KernelArguments? arguments = null,
        string? templateFormat = null,
        IPromptTemplateFactory? promptTemplateFactory = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        KernelFunction function = KernelFunctionFactory.CreateFromPrompt(
            promptTemplate, templateFormat: templateFormat, promptTemplateFactory: promptTemplateFactory);
        return kernel.InvokeAsync(function, arguments, cancellationToken);
    }

    public static KernelPlugin ImportPluginFromFunctions(this Kernel kernel, string pluginName, IEnumerable<KernelFunction>? functions) =>
        kernel.ImportPluginFromFunctions(pluginName, description: null, functions);

    public static KernelPlugin ImportPluginFromFunctions(
        this Kernel kernel, string pluginName, string? description = null, IEnumerable<KernelFunction>? functions = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.Plugins.AddFromFunctions(pluginName, description, functions);
    }

    [RequiresUnreferencedCode("Reads the type's methods.")]
    public static KernelPlugin ImportPluginFromType<T>(this Kernel kernel, string? pluginName = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.Plugins.AddFromType<T>(pluginName, kernel.Services);
    }

    [RequiresUnreferencedCode("Reads the object's methods.")]
    public static KernelPlugin ImportPluginFromObject(this Kernel kernel, object target, string? pluginName = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel.Plugins.AddFromObject(target, pluginName, kernel.Services);
    }

    public static KernelPlugin AddFromFunctions(
        this ICollection<KernelPlugin> plugins, string pluginName, IEnumerable<KernelFunction>? functions) =>
        plugins.AddFromFunctions(pluginName, description: null, functions);

    public static KernelPlugin AddFromFunctions(
        this ICollection<KernelPlugin> plugins,
        string pluginName,
        string? description = null,
        IEnumerable<KernelFunction>? functions = null) =>
        Added(plugins, KernelPluginFactory.CreateFromFunctions(pluginName, description, functions));

    [RequiresUnreferencedCode("Reads the type's methods.")]
    public static KernelPlugin AddFromType<T>(
        this ICollection<KernelPlugin> plugins, string? pluginName = null, IServiceProvider? serviceProvider = null) =>
        Added(plugins, KernelPluginFactory.CreateFromType<T>(pluginName, serviceProvider));

    [RequiresUnreferencedCode("Reads the object's methods.")]
    public static KernelPlugin AddFromObject(
        this ICollection<KernelPlugin> plugins, object target, string? pluginName = null, IServiceProvider? serviceProvider = null) =>
        Added(plugins, KernelPluginFactory.CreateFromObject(target, pluginName));

    public static IKernelBuilderPlugins Add(this IKernelBuilderPlugins plugins, KernelPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        plugins.Services.AddSingleton(plugin);
        return plugins;
    }

    [RequiresUnreferencedCode("Reads the type's methods.")]
    public static IKernelBuilderPlugins AddFromType<T>(this IKernelBuilderPlugins plugins, string? pluginName = null)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        plugins.Services.AddSingleton(provider => KernelPluginFactory.CreateFromType<T>(pluginName, provider));
        return plugins;
    }

    private static KernelPlugin Added(ICollection<KernelPlugin> plugins, KernelPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugins);
        plugins.Add(plugin);
        return plugin;
    }
}
