using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>Tempo's traces by id, searches and names, as Grafana's Tempo data source asks for them. Its base address is <c>/tempo</c>, since both Tempo and Jaeger serve <c>/api/traces/{id}</c>.</summary>
internal static class TempoApi
{
    private const string Protobuf = "application/protobuf";

    /// <summary>The <c>trace</c> of a TraceByIDResponse.</summary>
    private const int TraceField = 1;

    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/tempo/api").AddEndpointFilter(Errors);
        group.MapGet("/echo", () => Results.Text("echo"));
        group.MapGet("/traces/{traceId}", (string traceId, HttpRequest request, TraceLibrary traces, CancellationToken cancellation) => FindAsync(traceId, request, traces, isV2: false, cancellation));
        group.MapGet("/v2/traces/{traceId}", (string traceId, HttpRequest request, TraceLibrary traces, CancellationToken cancellation) => FindAsync(traceId, request, traces, isV2: true, cancellation));
        group.MapGet("/search", async (HttpRequest request, TempoSearch search, CancellationToken cancellation) =>
            Results.Json(await search.FindAsync(TempoQuery.Read(request.Query), cancellation).ConfigureAwait(false))).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/search/tags", (HttpRequest request, TempoNames names, CancellationToken cancellation) => TagsAsync(request, names, isV2: false, cancellation)).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/v2/search/tags", (HttpRequest request, TempoNames names, CancellationToken cancellation) => TagsAsync(request, names, isV2: true, cancellation)).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/search/tag/{tag}/values", (string tag, HttpRequest request, TempoNames names, CancellationToken cancellation) =>
            ValuesAsync(tag, request, names, isV2: false, cancellation)).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/v2/search/tag/{tag}/values", (string tag, HttpRequest request, TempoNames names, CancellationToken cancellation) =>
            ValuesAsync(tag, request, names, isV2: true, cancellation)).RequireRateLimiting(RateLimits.Searches);
    }

    private static async Task<IResult> TagsAsync(HttpRequest request, TempoNames names, bool isV2, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        string? scope = parameters.OneOf("scope", "resource", "span", "intrinsic", "none");
        (SortedSet<string> resource, SortedSet<string> span) = await names.NamesAsync(
            TempoQuery.Seconds(parameters, "start") ?? 0, TempoQuery.Seconds(parameters, "end") ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
        return Results.Json(isV2
            ? TempoNames.Scopes(resource, span, scope is "none" ? null : scope)
            : new JsonObject { ["tagNames"] = new JsonArray([.. resource.Union(span).Union(TempoNames.Intrinsics).Order(StringComparer.Ordinal).Select(name => (JsonNode)name)]) });
    }

    private static async Task<IResult> ValuesAsync(string tag, HttpRequest request, TempoNames names, bool isV2, CancellationToken cancellationToken)
    {
        // The first form has names without a scope.
        string field = isV2 || TempoNames.Intrinsics.Contains(tag) ? tag : "." + tag;
        var parameters = new QueryParameters(request.Query);
        IReadOnlyList<(string Type, string Value)> values = await names.ValuesAsync(
            field, TempoQuery.Seconds(parameters, "start") ?? 0, TempoQuery.Seconds(parameters, "end") ?? long.MaxValue, cancellationToken).ConfigureAwait(false);
        return Results.Json(new JsonObject
        {
            ["tagValues"] = new JsonArray([.. values.Select(value => isV2 ? (JsonNode)new JsonObject { ["type"] = value.Type, ["value"] = value.Value } : value.Value)]),
        });
    }

    private static ValueTask<object?> Errors(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        ApiErrors.Answer(context, next, (status, message) => Results.Text(message, statusCode: status));

    private static async Task<IResult> FindAsync(string traceId, HttpRequest request, TraceLibrary traces, bool isV2, CancellationToken cancellationToken)
    {
        UInt128 id = QueryParameters.TraceIdOf(traceId);
        byte[] trace = await traces.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw ApiException.NotFound($"trace {TraceId.Of(id)} is not kept here");
        if (!request.Headers.Accept.ToString().Contains(Protobuf, StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(ToJson(trace, isV2), "application/json");
        if (!isV2)
            return Results.Bytes(trace, Protobuf);
        var writer = new ProtobufWriter(trace.Length + 16);
        writer.Bytes(TraceField, trace);
        return Results.Bytes(writer.ToArray(), Protobuf);
    }

    private static byte[] ToJson(byte[] trace, bool isV2)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (isV2)
                json.WriteStartObject("trace");
            json.WritePropertyName(isV2 ? "resourceSpans" : "batches");
            OtlpJsonWriter.WriteResourceSpans(json, trace);
            if (isV2)
                json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory.ToArray();
    }
}
