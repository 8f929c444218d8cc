using System.Buffers.Binary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace AgentTrace.Collector.Otlp;

/// <summary>
/// OTLP/gRPC: the unary call Export of the trace, metrics and logs services, spoken directly over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md):
/// a 5-byte prefix (compressed flag, big-endian length), the message, and the status in the trailers.
/// </summary>
internal static class OtlpGrpcReceiver
{
    public const string ContentType = "application/grpc";
    public const int PrefixBytes = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (OtlpSignal signal in OtlpSignal.All)
            routes.MapPost(signal.GrpcPath, context => ReceiveAsync(context, signal));
        routes.MapPost("/{service}/{method}", (HttpContext context, string service, string method) =>
        {
            if (!IsGrpc(context.Request))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }

            return EndAsync(context, GrpcStatus.Unimplemented, $"{service}/{method} is not served here; served: {string.Join(", ", OtlpSignal.All.Select(signal => signal.GrpcPath))}", default);
        });
    }

    private static async Task ReceiveAsync(HttpContext context, OtlpSignal signal)
    {
        if (!IsGrpc(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var intake = context.RequestServices.GetRequiredService<OtlpIntake>();
        var options = context.RequestServices.GetRequiredService<CollectorOptions>();
        try
        {
            byte[] framed = await RequestBody.ReadAsync(context.Request.BodyReader, options.MaxRequestBytes + PrefixBytes, context.RequestAborted).ConfigureAwait(false);
            IntakeResult result = intake.Accept(signal, Unframe(context.Request, framed, options.MaxRequestBytes), json: false);
            await EndAsync(context, GrpcStatus.Ok, null, OtlpResponses.Success(result.Rejected, result.Message)).ConfigureAwait(false);
        }
        catch (OtlpFormatException e)
        {
            await EndAsync(context, GrpcStatus.InvalidArgument, e.Message, default).ConfigureAwait(false);
        }
        catch (BackPressureException e)
        {
            await EndAsync(context, GrpcStatus.Unavailable, e.Message, default).ConfigureAwait(false);
        }
    }

    private static ReadOnlyMemory<byte> Unframe(HttpRequest request, byte[] framed, int limit)
    {
        if (framed.Length < PrefixBytes)
            throw new OtlpFormatException($"gRPC: {framed.Length} bytes are no message, the prefix alone has {PrefixBytes}");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(framed.AsSpan(1));
        if (length != framed.Length - PrefixBytes)
            throw new OtlpFormatException($"gRPC: the prefix announces {length} bytes, {framed.Length - PrefixBytes} came; send one whole message");
        ReadOnlyMemory<byte> message = framed.AsMemory(PrefixBytes);
        if (framed[0] == 0)
            return message;
        string encoding = request.Headers["grpc-encoding"].ToString();
        if (framed[0] != 1 || encoding != "gzip")
            throw new OtlpFormatException($"gRPC: compressed flag {framed[0]} with grpc-encoding '{encoding}' is not supported: send gzip or none");
        return RequestBody.Gunzip(message, limit);
    }

    private static async Task EndAsync(HttpContext context, GrpcStatus status, string? message, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = ContentType;
        if (status == GrpcStatus.Ok)
        {
            byte[] framed = new byte[PrefixBytes + body.Length];
            BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)body.Length);
            body.CopyTo(framed.AsMemory(PrefixBytes));
            await context.Response.Body.WriteAsync(framed).ConfigureAwait(false);
        }

        context.Response.AppendTrailer("grpc-status", ((int)status).ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (message is not null)
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }

    private static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase);
}
