using AgentTrace.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Viewer;

/// <summary>Stands before every page: where a form may come from, and what a browser may do with the answer.</summary>
internal sealed partial class ViewerGuard(ILogger<ViewerGuard> log)
{
    /// <summary>Nothing inline, nothing from elsewhere, no frame around it: what a transcript smuggles in stays text even if encoding failed.</summary>
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public async ValueTask<object?> CheckAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        HttpContext context = invocation.HttpContext;
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (HttpMethods.IsPost(context.Request.Method) && !IsFromOwnPage(context.Request))
            return Results.Text("A label is taken from the collector's own pages only.", statusCode: StatusCodes.Status403Forbidden);
        try
        {
            return await next(invocation).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            StoreFailed(e, context.Request.Path);
            return Results.Text($"The store cannot be read now: {e.Message}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>
    /// A browser says where a form was sent from, and no page can make it say anything else. What says nothing is no browser, and brings no one's
    /// rights along that it does not have itself.
    /// </summary>
    private static bool IsFromOwnPage(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site))
            return site is "same-origin" or "none";
        string? origin = request.Headers.Origin;
        return string.IsNullOrEmpty(origin) || origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be read for {Path}")]
    private partial void StoreFailed(Exception exception, string path);
}
