using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <param name="services">The host's services; null for a builder that may <c>Build()</c> its own.</param>
internal sealed class KernelBuilder(IServiceCollection? services = null) : IKernelBuilder, IKernelBuilderPlugins
{
    public bool AllowBuild { get; } = services is null;

    public IServiceCollection Services { get; } = services ?? new ServiceCollection();

    public IKernelBuilderPlugins Plugins => this;
}
