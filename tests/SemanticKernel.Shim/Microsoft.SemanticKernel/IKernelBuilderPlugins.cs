using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.SemanticKernel;

/// <summary>Where a builder takes plugins.</summary>
public interface IKernelBuilderPlugins
{
    IServiceCollection Services { get; }
}
