using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query.OpenApi;

/// <summary>GET /v1/openapi.json: our own endpoints as OpenAPI 3.1 describes them. The document is written first and held against real answers by tests.</summary>
internal static class OpenApiDocument
{
    private const string Name = "openapi.json";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/" + Name, () => Results.Stream(
        typeof(OpenApiDocument).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"The assembly lacks {Name}."), "application/json"));
}
