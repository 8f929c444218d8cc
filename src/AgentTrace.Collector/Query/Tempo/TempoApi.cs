using System.Buffers;
using System.Text.Json;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query.Spans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Query.Tempo;

/// <summary>Tempo's trace by id, as Grafana's Tempo data source asks for it. Its base address is <c>/tempo</c>, since both Tempo and Jaeger serve <c>/api/traces/{id}</c>.</summary>
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
