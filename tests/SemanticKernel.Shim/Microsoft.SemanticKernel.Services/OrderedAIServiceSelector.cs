using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel.Services;

/// <summary>By the service id of the settings, else the service registered last.</summary>
internal sealed class OrderedAIServiceSelector : IAIServiceSelector, IChatClientSelector
{
    public static OrderedAIServiceSelector Instance { get; } = new();

    public bool TrySelectAIService<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments,
        [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings) where T : class, IAIService =>
        TrySelect(kernel, function, arguments, out service, out serviceSettings);

    public bool TrySelectChatClient<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments,
        [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings) where T : class, IChatClient =>
        TrySelect(kernel, function, arguments, out service, out serviceSettings);

    private static bool TrySelect<T>(
        Kernel kernel, KernelFunction function, KernelArguments arguments,
        [NotNullWhen(true)] out T? service, out PromptExecutionSettings? serviceSettings) where T : class
    {
        IReadOnlyDictionary<string, PromptExecutionSettings>? settings = arguments.ExecutionSettings ?? function.ExecutionSettings;
        if (kernel.Services is IKeyedServiceProvider)
        {
            foreach ((string id, PromptExecutionSettings candidate) in settings ?? new Dictionary<string, PromptExecutionSettings>())
            {
                if (kernel.Services.GetKeyedService<T>(id) is { } keyed)
                {
                    (service, serviceSettings) = (keyed, candidate);
                    return true;
                }
            }
        }

        service = kernel.GetAllServices<T>().LastOrDefault();
        serviceSettings = null;
        settings?.TryGetValue(PromptExecutionSettings.DefaultServiceId, out serviceSettings);
        return service is not null;
    }
}
