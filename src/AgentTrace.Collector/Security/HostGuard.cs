using System.Net;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Security;

/// <summary>
/// Where nobody needs a token because only this machine can call, a page in its browser still could: by a name of its own that it lets point here
/// (DNS rebinding). Such a request carries that name, so only an address or localhost is let through.
/// </summary>
internal static class HostGuard
{
    public static Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host;
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || IPAddress.TryParse(host.Trim('[', ']'), out _) || AccessControl.NeededFor(context.Request) is null or AccessRole.Ingest)
            return next(context);
        return Query.ApiJson.Result(new { error = $"the host is '{Query.QueryParameters.Shown(host)}'; allowed: localhost or an address, or set tokens" }, StatusCodes.Status403Forbidden).ExecuteAsync(context);
    }
}
