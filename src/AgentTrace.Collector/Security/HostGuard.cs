using System.Net;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Security;

/// <summary>
/// Where nobody needs a token because only this machine can call, a page in its browser still could: by a name of its own that it lets point here
/// (DNS rebinding). Such a request carries that name, so only localhost, a loopback address and the names that were allowed are let through.
/// </summary>
internal sealed class HostGuard(ListeningOptions options)
{
    public Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        if (IsKnown(host) || AccessControl.NeededFor(context.Request) is null or AccessRole.Ingest)
            return next(context);
        string error = $"this collector is not known as '{Query.QueryParameters.Shown(host)}'; allowed: localhost, a loopback address, or a name in Listening.{nameof(ListeningOptions.AllowedHosts)}";
        return Query.ApiJson.Result(new { error }, StatusCodes.Status421MisdirectedRequest).ExecuteAsync(context);
    }

    private bool IsKnown(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address))
        || options.AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
}
