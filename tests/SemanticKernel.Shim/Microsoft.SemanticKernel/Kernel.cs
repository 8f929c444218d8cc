using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.SemanticKernel.Services;

namespace Microsoft.SemanticKernel;

/// <summary>Services, plugins and filters an agent works with.</summary>
public sealed class Kernel
{
    private readonly List<IFunctionInvocationFilter> _functionFilters;
    private readonly List<IPromptRenderFilter> _promptFilters;
    private readonly List<IAutoFunctionInvocationFilter> _autoFunctionFilters;

    public Kernel(IServiceProvider? services = null, KernelPluginCollection? plugins = null)
    {
        Services = services ?? NoServices.Instance;
        Plugins = plugins ?? new KernelPluginCollection(Services.GetServices<KernelPlugin>());
        _functionFilters = [.. Services.GetServices<IFunctionInvocationFilter>()];
        _promptFilters = [.. Services.GetServices<IPromptRenderFilter>()];
        _autoFunctionFilters = [.. Services.GetServices<IAutoFunctionInvocationFilter>()];
    }

    private Kernel(Kernel other)
    {
        Services = other.Services;
        Plugins = new KernelPluginCollection(other.Plugins);
        _functionFilters = [.. other._functionFilters];
        _promptFilters = [.. other._promptFilters];
        _autoFunctionFilters = [.. other._autoFunctionFilters];
        Data = new Dictionary<string, object?>(other.Data);
        Culture = other.Culture;
    }

    public KernelPluginCollection Plugins { get; }

    public IList<IFunctionInvocationFilter> FunctionInvocationFilters => _functionFilters;

    public IList<IPromptRenderFilter> PromptRenderFilters => _promptFilters;

    public IList<IAutoFunctionInvocationFilter> AutoFunctionInvocationFilters => _autoFunctionFilters;

    public IServiceProvider Services { get; }

    [System.Diagnostics.CodeAnalysis.AllowNull]
    public CultureInfo Culture
    {
        get;
        set => field = value ?? CultureInfo.InvariantCulture;
    } = CultureInfo.InvariantCulture;

    public ILoggerFactory LoggerFactory => Services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;

    public IAIServiceSelector ServiceSelector => Services.GetService<IAIServiceSelector>() ?? OrderedAIServiceSelector.Instance;

    public IDictionary<string, object?> Data { get; } = new Dictionary<string, object?>();

    public static IKernelBuilder CreateBuilder() => new KernelBuilder();

    /// <summary>A kernel of the same services with its own lists: plugins, filters and data are copied.</summary>
    public Kernel Clone() => new(this);

    /// <summary>The service registered last, with the key if one is asked for.</summary>
    /// <exception cref="KernelException">There is none.</exception>
    public T GetRequiredService<T>(object? serviceKey = null) where T : class =>
        (serviceKey is null ? GetAllServices<T>().LastOrDefault() : Services.GetKeyedService<T>(serviceKey))
        ?? throw new KernelException(
            $"Service of type '{typeof(T)}'{(serviceKey is null ? "" : $" and key '{serviceKey}'")} not registered.");

    /// <summary>All services of a type; those without a key come last.</summary>
    public IEnumerable<T> GetAllServices<T>() where T : class =>
        [.. Services is IKeyedServiceProvider ? Services.GetKeyedServices<T>(KeyedService.AnyKey) : [], .. Services.GetServices<T>()];

    public Task<FunctionResult> InvokeAsync(
        KernelFunction function, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.InvokeAsync(this, arguments, cancellationToken);
    }

    public Task<FunctionResult> InvokeAsync(
        string? pluginName, string functionName, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Plugins.GetFunction(pluginName, functionName).InvokeAsync(this, arguments, cancellationToken);

    public Task<TResult?> InvokeAsync<TResult>(
        KernelFunction function, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        return function.InvokeAsync<TResult>(this, arguments, cancellationToken);
    }

    public Task<TResult?> InvokeAsync<TResult>(
        string? pluginName, string functionName, KernelArguments? arguments = null, CancellationToken cancellationToken = default) =>
        Plugins.GetFunction(pluginName, functionName).InvokeAsync<TResult>(this, arguments, cancellationToken);

    internal Task RunFunctionFiltersAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> function)
    {
        return RunFrom(0, context);

        Task RunFrom(int index, FunctionInvocationContext current) => index < _functionFilters.Count
            ? _functionFilters[index].OnFunctionInvocationAsync(current, next => RunFrom(index + 1, next))
            : function(current);
    }

    internal Task RunPromptFiltersAsync(PromptRenderContext context, Func<PromptRenderContext, Task> render)
    {
        return RunFrom(0, context);

        Task RunFrom(int index, PromptRenderContext current) => index < _promptFilters.Count
            ? _promptFilters[index].OnPromptRenderAsync(current, next => RunFrom(index + 1, next))
            : render(current);
    }
}
