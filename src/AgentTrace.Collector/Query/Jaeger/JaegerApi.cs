using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Security;
using AgentTrace.Store.Spans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query.Jaeger;

/// <summary>The queries of Jaeger's user interface and of Grafana's Jaeger data source, over stored spans.</summary>
internal static class JaegerApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api").AddEndpointFilter(Errors);
        group.MapGet("/services", ServicesAsync);
        group.MapGet("/services/{service}/operations", async (string service, TraceLibrary traces, CancellationToken cancellation) =>
            Json(JaegerJson.Answer([.. (await OperationsAsync(traces, Unescaped(service), cancellation).ConfigureAwait(false)).Select(operation => operation.Name).Distinct().Select(name => (JsonNode)name)])));
        group.MapGet("/operations", async (HttpRequest request, TraceLibrary traces, CancellationToken cancellation) => Json(JaegerJson.Answer(await KindsAsync(request, traces, cancellation).ConfigureAwait(false))));
        // Its graph of services is made by a job of its own that we do not have: an empty one keeps the rest of the page going.
        group.MapGet("/dependencies", () => Json(JaegerJson.Answer([])));
        group.MapGet("/traces", SearchAsync).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/traces/{traceId}", FindAsync);
        group.MapGet("/v3/services", async (TraceLibrary traces, CancellationToken cancellation) =>
            Json(new JsonObject { ["services"] = await ServiceNamesAsync(traces, cancellation).ConfigureAwait(false) }));
        group.MapGet("/v3/operations", async (HttpRequest request, TraceLibrary traces, CancellationToken cancellation) =>
            Json(new JsonObject { ["operations"] = await KindsAsync(request, traces, cancellation).ConfigureAwait(false) }));
        group.MapGet("/v3/trace-summaries", SummariesAsync).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/v3/traces", SearchOtlpAsync).RequireRateLimiting(RateLimits.Searches);
        group.MapGet("/v3/traces/{traceId}", FindOtlpAsync);
    }

    private static ValueTask<object?> Errors(EndpointFilterInvocationContext context, EndpointFilterDelegate next) => ApiErrors.Answer(context, next, (status, message) =>
        Results.Json(new JsonObject { ["data"] = null, ["errors"] = new JsonArray(new JsonObject { ["code"] = status, ["msg"] = message }) }, statusCode: status));

    private static async Task<IResult> ServicesAsync(TraceLibrary traces, CancellationToken cancellationToken) =>
        Json(JaegerJson.Answer(await ServiceNamesAsync(traces, cancellationToken).ConfigureAwait(false)));

    private static async Task<IResult> SearchAsync(HttpRequest request, TraceLibrary traces, SpanSearch search, CancellationToken cancellationToken)
    {
        IReadOnlyList<TraceId> ids;
        if (request.Query.TryGetValue("traceID", out Microsoft.Extensions.Primitives.StringValues named))
        {
            ids = [.. named.Select(id => TraceId.Of(QueryParameters.TraceIdOf(id ?? ""))).Distinct()];
        }
        else
        {
            JaegerQuery query = JaegerQuery.Read(request.Query);
            ids = await search.FindTracesAsync(query.Condition, query.FromUnixNano, query.ToUnixNano, query.Limit, cancellationToken).ConfigureAwait(false);
        }

        var found = new JsonArray();
        foreach (TraceId id in ids)
            if (await traces.FindSpansAsync(id.Number, cancellationToken).ConfigureAwait(false) is { } spans)
                found.Add((JsonNode)JaegerJson.Trace(id.ToString(), spans));
        return Json(JaegerJson.Answer(found));
    }

    private static async Task<IResult> SummariesAsync(HttpRequest request, TraceLibrary traces, SpanSearch search, CancellationToken cancellationToken)
    {
        JaegerQuery query = JaegerV3Query.Read(request.Query);
        var summaries = new JsonArray();
        foreach (TraceId id in await search.FindTracesAsync(query.Condition, query.FromUnixNano, query.ToUnixNano, query.Limit, cancellationToken).ConfigureAwait(false))
            if (await traces.FindSpansAsync(id.Number, cancellationToken).ConfigureAwait(false) is { Count: > 0 } spans)
                summaries.Add((JsonNode)JaegerSummary.Of(id, spans));
        return Json(new JsonObject { ["summaries"] = summaries });
    }

    private static async Task<IResult> FindAsync(string traceId, TraceLibrary traces, CancellationToken cancellationToken)
    {
        UInt128 id = QueryParameters.TraceIdOf(traceId);
        IReadOnlyList<StoredSpan> spans = await traces.FindSpansAsync(id, cancellationToken).ConfigureAwait(false) ?? throw NotKept(id);
        return Json(JaegerJson.Answer([JaegerJson.Trace(TraceId.Of(id).ToString(), spans)]));
    }

    private static async Task<IResult> FindOtlpAsync(string traceId, TraceLibrary traces, CancellationToken cancellationToken)
    {
        UInt128 id = QueryParameters.TraceIdOf(traceId);
        byte[] trace = await traces.FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw NotKept(id);
        return Otlp([trace]);
    }

    /// <summary>As in Jaeger, a search that finds nothing is a 404.</summary>
    private static async Task<IResult> SearchOtlpAsync(HttpRequest request, TraceLibrary traces, SpanSearch search, CancellationToken cancellationToken)
    {
        JaegerQuery query = JaegerV3Query.Read(request.Query);
        var found = new List<byte[]>();
        foreach (TraceId id in await search.FindTracesAsync(query.Condition, query.FromUnixNano, query.ToUnixNano, query.Limit, cancellationToken).ConfigureAwait(false))
            if (await traces.FindAsync(id.Number, cancellationToken).ConfigureAwait(false) is { } trace)
                found.Add(trace);
        return found.Count > 0 ? Otlp(found) : throw ApiException.NotFound("no trace was found");
    }

    private static IResult Otlp(IEnumerable<byte[]> traces)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("result");
            json.WritePropertyName("resourceSpans");
            OtlpJsonWriter.WriteResourceSpans(json, traces);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Results.Bytes(buffer.WrittenMemory.ToArray(), "application/json");
    }

    private static async ValueTask<JsonArray> ServiceNamesAsync(TraceLibrary traces, CancellationToken cancellationToken) =>
        [.. (await OperationsAsync(traces, null, cancellationToken).ConfigureAwait(false)).Select(operation => operation.Service).Where(service => service.Length > 0).Distinct().Select(service => (JsonNode)service)];

    private static async ValueTask<JsonArray> KindsAsync(HttpRequest request, TraceLibrary traces, CancellationToken cancellationToken)
    {
        var parameters = new QueryParameters(request.Query);
        string service = parameters.Text("service") ?? throw QueryParameters.Wrong("service", "absent", "a service's name");
        string? kind = parameters.Text("spanKind") ?? parameters.Text("span_kind");
        IEnumerable<(string Name, string Kind)> operations = (await OperationsAsync(traces, service, cancellationToken).ConfigureAwait(false))
            .Select(operation => (operation.Name, operation.Kind == 0 ? "" : StoredSpan.KindNameOf(operation.Kind)))
            .Where(operation => kind is null || operation.Item2 == kind);
        return [.. operations.Select(operation => (JsonNode)new JsonObject { ["name"] = operation.Name, ["spanKind"] = operation.Kind })];
    }

    private static ValueTask<IReadOnlyList<ServiceOperation>> OperationsAsync(TraceLibrary traces, string? service, CancellationToken cancellationToken) =>
        traces.Store.ListOperationsAsync(service, cancellationToken);

    /// <summary>Routing leaves an escaped slash as it came.</summary>
    private static string Unescaped(string part) => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static ApiException NotKept(UInt128 id) => ApiException.NotFound($"trace {TraceId.Of(id)} is not kept here");

    private static IResult Json(JsonObject body) => Results.Json(body);
}
