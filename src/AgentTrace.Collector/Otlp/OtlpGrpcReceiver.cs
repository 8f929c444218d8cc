using System.Buffers.Binary;
using System.Globalization;
using AgentTrace.Collector.Forwarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AgentTrace.Collector.Otlp;

/// <summary>
/// OTLP/gRPC for one signal: the one unary call Export, spoken directly over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md):
/// a 5-byte prefix (compressed flag, big-endian length), the message, and the status in the trailers.
/// </summary>
internal sealed class OtlpGrpcReceiver(IOtlpIntake intake, Forwarder forwarder, ReceiveBudget budget, CollectorOptions options)
{
    public const string ContentType = "application/grpc";
    public const int PrefixBytes = 5;

    /// <summary>Answers calls of methods that nobody serves.</summary>
    public static void MapUnknown(IEndpointRouteBuilder routes) => routes.MapPost("/{service}/{method}", (HttpContext context, string service, string method) =>
    {
        if (IsGrpc(context.Request))
            End(context, GrpcStatus.Unimplemented, $"{service}/{method} is not served here; this is a receiver of OTLP: {OtlpSignal.Traces.GrpcPath}", default);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    });

    public async Task ServeAsync(HttpContext context)
    {
        if (!IsGrpc(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            await forwarder.SlowDownAsync(intake.Signal, context.RequestAborted).ConfigureAwait(false);
            RequestBuffer body;
            ReadOnlyMemory<byte> message;
            using (ReceiveBudget.Share share = budget.Begin())
            {
                body = await RequestBody.ReadAsync(context.Request.BodyReader, context.Request.ContentLength, isFramed: true, options.MaxRequestBytes + PrefixBytes, share, context.RequestAborted)
                    .ConfigureAwait(false);
                (body, message) = Unframe(context.Request, body, share);
            }

            IntakeResult result = intake.Accept(message, json: false, body);
            if (result.Stored is { } stored)
                await stored.ConfigureAwait(false);
            End(context, GrpcStatus.Ok, null, OtlpResponses.Success(result.Rejected, result.Message));
        }
        catch (OtlpFormatException e)
        {
            End(context, GrpcStatus.InvalidArgument, e.Message, default);
        }
        catch (BackPressureException e)
        {
            context.Response.AppendTrailer("grpc-status-details-bin", Convert.ToBase64String(OtlpResponses.RetryLater(e.Message)).TrimEnd('='));
            End(context, GrpcStatus.Unavailable, e.Message, default);
        }
    }

    /// <summary>Takes the message out of its frame; the frame is given back where the message is not in it.</summary>
    private (RequestBuffer Owner, ReadOnlyMemory<byte> Message) Unframe(HttpRequest request, RequestBuffer framed, ReceiveBudget.Share share)
    {
        try
        {
            ReadOnlyMemory<byte> message = MessageIn(framed.Written);
            byte compressed = framed.Written.Span[0];
            if (compressed == 0)
                return (framed, message);
            string encoding = request.Headers["grpc-encoding"].ToString();
            if (compressed != 1 || !RequestCompression.Knows(encoding))
                throw new OtlpFormatException($"gRPC: compressed flag {compressed} with grpc-encoding '{encoding}' is not supported: send {RequestCompression.Supported}");
            RequestBuffer unpacked = RequestCompression.Unpack(encoding, message, options.MaxRequestBytes, share);
            framed.Dispose();
            return (unpacked, unpacked.Written);
        }
        catch
        {
            framed.Dispose();
            throw;
        }
    }

    private static ReadOnlyMemory<byte> MessageIn(ReadOnlyMemory<byte> framed)
    {
        if (framed.Length < PrefixBytes)
            throw new OtlpFormatException($"gRPC: {framed.Length} bytes are no message, the prefix alone has {PrefixBytes}");
        uint length = BinaryPrimitives.ReadUInt32BigEndian(framed.Span[1..]);
        if (length != framed.Length - PrefixBytes)
            throw new OtlpFormatException($"gRPC: the prefix announces {length} bytes, {framed.Length - PrefixBytes} came; send one whole message");
        return framed[PrefixBytes..];
    }

    public static void End(HttpContext context, GrpcStatus status, string? message, ReadOnlySpan<byte> body)
    {
        context.Response.ContentType = ContentType;
        if (status == GrpcStatus.Ok)
        {
            Span<byte> framed = context.Response.BodyWriter.GetSpan(PrefixBytes + body.Length);
            framed[0] = 0;
            BinaryPrimitives.WriteUInt32BigEndian(framed[1..], (uint)body.Length);
            body.CopyTo(framed[PrefixBytes..]);
            context.Response.BodyWriter.Advance(PrefixBytes + body.Length);
        }

        context.Response.AppendTrailer("grpc-status", status == GrpcStatus.Ok ? "0" : ((int)status).ToString(CultureInfo.InvariantCulture));
        if (message is not null)
            context.Response.AppendTrailer("grpc-message", Uri.EscapeDataString(message));
    }

    public static bool IsGrpc(HttpRequest request) =>
        request.ContentType is { } type && type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase);
}
