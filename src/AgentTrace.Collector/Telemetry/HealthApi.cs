using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace AgentTrace.Collector.Telemetry;

/// <summary>GET /healthz: the process answers. GET /readyz: it takes spans, and what waits for each endpoint.</summary>
internal static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok"));
        routes.MapGet("/readyz", (HttpRequest request, Forwarder forwarder, AccessControl access, CollectorOptions options, IHostApplicationLifetime lifetime) =>
        {
            long room = options.Forwarding.QueueDirectory is null ? options.Forwarding.QueueMemoryBytes : options.Forwarding.QueueMaxBytes;
            ForwardingQueue[] queues = [.. OtlpSignal.All.SelectMany(forwarder.QueuesOf)];
            string? why = lifetime.ApplicationStopping.IsCancellationRequested ? "the collector is stopping"
                : Array.Find(queues, queue => queue.WaitingBytes >= room) is { } full ? $"the queue of {full.Signal.Name} to {full.Endpoint} is full"
                : null;
            return Results.Json(
                new
                {
                    status = why is null ? "ready" : "not ready",
                    reason = why,

                    // Probes have no token; names of other machines are not for everybody.
                    endpoints = !access.Allows(request, AccessRole.Query) ? null : queues.Select(queue => new
                    {
                        endpoint = queue.Endpoint.ToString(),
                        signal = queue.Signal.Name,
                        waitingBytes = queue.WaitingBytes,
                        failing = queue.IsFailing,
                    }),
                },
                statusCode: why is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
