using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Otlp;

/// <summary>OTLP/HTTP: POST /v1/traces, /v1/metrics and /v1/logs in protobuf or JSON, plain or gzip (opentelemetry.io/docs/specs/otlp).</summary>
internal static class OtlpHttpReceiver
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (OtlpSignal signal in OtlpSignal.All)
        {
            routes.MapMethods(signal.HttpPath, [HttpMethods.Get, HttpMethods.Put, HttpMethods.Delete, HttpMethods.Patch, HttpMethods.Head],
                context => TextAsync(context, StatusCodes.Status405MethodNotAllowed, "405 method not allowed, supported: [POST]"));
            routes.MapPost(signal.HttpPath, context => ReceiveAsync(context, signal));
        }
    }

    private static async Task ReceiveAsync(HttpContext context, OtlpSignal signal)
    {
        var intake = context.RequestServices.GetRequiredService<OtlpIntake>();
        var options = context.RequestServices.GetRequiredService<CollectorOptions>();
        bool json = MediaTypeIs(context.Request.ContentType, Json);
        if (!json && !MediaTypeIs(context.Request.ContentType, Protobuf))
        {
            await TextAsync(context, StatusCodes.Status415UnsupportedMediaType,
                $"415 unsupported media type, supported: [{Json}, {Protobuf}]").ConfigureAwait(false);
            return;
        }

        try
        {
            byte[] body = await RequestBody.ReadAsync(context.Request.BodyReader, options.MaxRequestBytes, context.RequestAborted).ConfigureAwait(false);
            IntakeResult result = intake.Accept(signal, Decode(context.Request, body, options.MaxRequestBytes), json);
            await WriteAsync(context, StatusCodes.Status200OK, json,
                json ? OtlpResponses.SuccessJson(result.Rejected, result.Message) : OtlpResponses.Success(result.Rejected, result.Message)).ConfigureAwait(false);
        }
        catch (OtlpFormatException e)
        {
            await FailAsync(context, StatusCodes.Status400BadRequest, GrpcStatus.InvalidArgument, e.Message, json).ConfigureAwait(false);
        }
        catch (BackPressureException e)
        {
            context.Response.Headers.RetryAfter = "1";
            await FailAsync(context, StatusCodes.Status503ServiceUnavailable, GrpcStatus.Unavailable, e.Message, json).ConfigureAwait(false);
        }
    }

    private static ReadOnlyMemory<byte> Decode(HttpRequest request, byte[] body, int limit)
    {
        string encoding = request.Headers.ContentEncoding.ToString();
        return encoding.ToLowerInvariant() switch
        {
            "" or "identity" => body,
            "gzip" => RequestBody.Gunzip(body, limit),
            _ => throw new OtlpFormatException($"Content-Encoding '{encoding}' is not supported: send gzip or none"),
        };
    }

    private static bool MediaTypeIs(string? contentType, string wanted) =>
        contentType is not null && contentType.AsSpan().TrimStart().StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
        && (contentType.AsSpan().Trim().Length == wanted.Length || contentType.AsSpan().TrimStart()[wanted.Length] is ';' or ' ');

    private static Task FailAsync(HttpContext context, int httpStatus, GrpcStatus code, string message, bool json) =>
        WriteAsync(context, httpStatus, json, json ? OtlpResponses.StatusJson(code, message) : OtlpResponses.Status(code, message));

    private static Task WriteAsync(HttpContext context, int status, bool json, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = json ? Json : Protobuf;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body).AsTask();
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.ContentLength = text.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text);
    }
}
