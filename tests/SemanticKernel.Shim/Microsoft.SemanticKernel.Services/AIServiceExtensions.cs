namespace Microsoft.SemanticKernel.Services;

/// <summary>Names and readers of a service's attributes.</summary>
public static class AIServiceExtensions
{
    public static string EndpointKey => "Endpoint";

    public static string ModelIdKey => "ModelId";

    public static string ApiVersionKey => "ApiVersion";

    public static string? GetModelId(this IAIService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Attributes.TryGetValue(ModelIdKey, out object? value) ? value as string : null;
    }
}
