using Microsoft.SemanticKernel;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a kernel to a host: there is no <c>Build</c> call on this way.</summary>
public static class KernelServiceCollectionExtensions
{
    public static IKernelBuilder AddKernel(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddTransient(provider => new KernelPluginCollection(provider.GetServices<KernelPlugin>()));
        services.AddTransient(provider => new Kernel(provider, provider.GetRequiredService<KernelPluginCollection>()));
        return new KernelBuilder(services);
    }
}
