using AgentTrace.Collector.Otlp;
using AgentTrace.Store;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Query;

/// <summary>Turns what goes wrong in an endpoint into its answer: a status and one message.</summary>
internal static class ApiErrors
{
    /// <summary>The filter for our own endpoints, whose errors are <c>{"error": "..."}</c>.</summary>
    public static ValueTask<object?> Ours(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Answer(context, next, (status, message) => ApiJson.Result(new { error = message }, status));

    /// <summary>The same for another form of error.</summary>
    public static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next, Func<int, string, IResult> form)
    {
        try
        {
            return await next(context).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            return form(e.Status, e.Message);
        }
        catch (BackPressureException e)
        {
            context.HttpContext.Response.Headers.RetryAfter = OtlpResponses.RetryAfterSeconds;
            return form(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
        catch (StoreException e)
        {
            return form(StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }
}
