using System.Collections.Frozen;
using AgentTrace.Collector.Forwarding;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Otlp;

/// <summary>The doors of all signals. It stands before routing: a request for one of them is served here, any other goes on.</summary>
internal sealed class OtlpReceiver
{
    private readonly FrozenDictionary<string, Func<HttpContext, Task>> _doors;

    public OtlpReceiver(IEnumerable<IOtlpIntake> intakes, Forwarder forwarder, CollectorOptions options)
    {
        var budget = new ReceiveBudget(options.MaxReceivingBytes);
        var doors = new Dictionary<string, Func<HttpContext, Task>>(StringComparer.Ordinal);
        foreach (IOtlpIntake intake in intakes)
        {
            doors[intake.Signal.HttpPath] = new OtlpHttpReceiver(intake, forwarder, budget, options).ServeAsync;
            doors[intake.Signal.GrpcPath] = new OtlpGrpcReceiver(intake, forwarder, budget, options).ServeAsync;
        }

        _doors = doors.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Serves the request, or hands it on.</summary>
    public Task ServeAsync(HttpContext context, RequestDelegate next) =>
        _doors.TryGetValue(context.Request.Path.Value ?? "", out Func<HttpContext, Task>? door) ? door(context) : next(context);
}
