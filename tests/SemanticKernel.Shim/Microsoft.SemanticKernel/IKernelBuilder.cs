using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Collects the services and plugins of a kernel.</summary>
public interface IKernelBuilder
{
    IServiceCollection Services { get; }

    IKernelBuilderPlugins Plugins { get; }
}
