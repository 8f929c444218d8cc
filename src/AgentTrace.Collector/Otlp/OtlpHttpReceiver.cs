using AgentTrace.Collector.Forwarding;
using Microsoft.AspNetCore.Http;

namespace AgentTrace.Collector.Otlp;

/// <summary>OTLP/HTTP for one signal: POST in protobuf or JSON, plain or compressed (opentelemetry.io/docs/specs/otlp).</summary>
internal sealed class OtlpHttpReceiver(IOtlpIntake intake, Forwarder forwarder, ReceiveBudget budget, CollectorOptions options)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    public async Task ServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await TextAsync(context, StatusCodes.Status405MethodNotAllowed, "405 method not allowed, supported: [POST]").ConfigureAwait(false);
            return;
        }

        bool json = MediaTypeIs(context.Request.ContentType, Json);
        if (!json && !MediaTypeIs(context.Request.ContentType, Protobuf))
        {
            await TextAsync(context, StatusCodes.Status415UnsupportedMediaType,
                $"415 unsupported media type, supported: [{Json}, {Protobuf}]").ConfigureAwait(false);
            return;
        }

        try
        {
            await forwarder.SlowDownAsync(intake.Signal, context.RequestAborted).ConfigureAwait(false);
            RequestBuffer body;
            using (ReceiveBudget.Share share = budget.Begin())
                body = await ReadAsync(context, share).ConfigureAwait(false);
            IntakeResult result = intake.Accept(body.Written, json, body);
            if (result.Stored is { } stored)
                await stored.ConfigureAwait(false);
            Write(context, StatusCodes.Status200OK, json,
                json ? OtlpResponses.SuccessJson(result.Rejected, result.Message) : OtlpResponses.Success(result.Rejected, result.Message));
        }
        catch (OtlpFormatException e)
        {
            Write(context, StatusCodes.Status400BadRequest, json,
                json ? OtlpResponses.StatusJson(GrpcStatus.InvalidArgument, e.Message) : OtlpResponses.Status(GrpcStatus.InvalidArgument, e.Message));
        }
        catch (BackPressureException e)
        {
            context.Response.Headers.RetryAfter = OtlpResponses.RetryAfterSeconds;
            Write(context, StatusCodes.Status503ServiceUnavailable, json,
                json ? OtlpResponses.StatusJson(GrpcStatus.Unavailable, e.Message) : OtlpResponses.RetryLater(e.Message));
        }
    }

    private async ValueTask<RequestBuffer> ReadAsync(HttpContext context, ReceiveBudget.Share share)
    {
        string encoding = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        bool compressed = RequestCompression.Knows(encoding);
        if (!compressed && encoding is not ("" or "identity"))
            throw new OtlpFormatException($"Content-Encoding '{encoding}' is not supported: send {RequestCompression.Supported}");
        RequestBuffer body = await RequestBody.ReadAsync(context.Request.BodyReader, context.Request.ContentLength, isFramed: false, options.MaxRequestBytes, share, context.RequestAborted).ConfigureAwait(false);
        if (!compressed)
            return body;
        using (body)
            return RequestCompression.Unpack(encoding, body.Written, options.MaxRequestBytes, share);
    }

    private static bool MediaTypeIs(string? contentType, string wanted) =>
        contentType is not null && contentType.AsSpan().TrimStart().StartsWith(wanted, StringComparison.OrdinalIgnoreCase)
        && (contentType.AsSpan().Trim().Length == wanted.Length || contentType.AsSpan().TrimStart()[wanted.Length] is ';' or ' ');

    /// <summary>Written into the connection's buffer; the server sends it when the request ends.</summary>
    private static void Write(HttpContext context, int status, bool json, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = json ? Json : Protobuf;
        context.Response.ContentLength = body.Length;
        if (body.Length == 0)
            return;
        body.CopyTo(context.Response.BodyWriter.GetSpan(body.Length));
        context.Response.BodyWriter.Advance(body.Length);
    }

    private static Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain";
        context.Response.Headers.ContentLength = text.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text);
    }
}
