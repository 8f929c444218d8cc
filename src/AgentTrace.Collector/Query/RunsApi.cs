using System.Text.Json;
using System.Text.Json.Serialization;
using AgentTrace.Collector.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query;

/// <summary>GET /v1/runs and /v1/runs/{traceId}.</summary>
internal static class RunsApi
{
    private const int DefaultLimit = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/runs", (IRunStore store, int? limit) =>
            limit is null or (> 0 and <= 1000)
                ? Results.Json(new { runs = store.Latest(limit ?? DefaultLimit).Select(RunSummary.Of) }, Json)
                : Results.Json(new { error = $"limit is {limit}; allowed: 1 to 1000" }, Json, statusCode: StatusCodes.Status400BadRequest));
        routes.MapGet("/v1/runs/{traceId}", (IRunStore store, string traceId) =>
            store.Find(traceId.ToLowerInvariant()) is { } record
                ? Results.Json(record, Json)
                : Results.Json(new { error = $"no finished run with trace id {traceId} is kept here" }, Json, statusCode: StatusCodes.Status404NotFound));
    }
}
