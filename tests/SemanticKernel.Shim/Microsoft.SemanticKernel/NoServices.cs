namespace Microsoft.SemanticKernel;

/// <summary>The provider of a kernel that was given none; it answers a request for many with none.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) =>
        serviceType.IsGenericType && serviceType.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? Array.CreateInstance(serviceType.GenericTypeArguments[0], 0)
            : null;
}
