using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Sends batches by OTLP/gRPC: one unary call over HTTP/2, without TLS too (prior knowledge).</summary>
internal sealed class OtlpGrpcSender(HttpClient http, ForwardingEndpoint endpoint) : ITraceSender
{
    public async Task<SendResult> SendAsync(TraceBatch batch, CancellationToken cancellationToken)
    {
        byte[] framed = new byte[OtlpGrpcReceiver.PrefixBytes + batch.Protobuf.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)batch.Protobuf.Length);
        batch.Protobuf.CopyTo(framed.AsMemory(OtlpGrpcReceiver.PrefixBytes));

        using var content = new ByteArrayContent(framed);
        content.Headers.ContentType = new MediaTypeHeaderValue(OtlpGrpcReceiver.ContentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Address)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return new SendResult(false, response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.BadGateway, $"HTTP {(int)response.StatusCode}");

        string status = Trailer(response, "grpc-status") ?? "none";
        if (status == "0")
            return SendResult.Ok;
        bool known = int.TryParse(status, CultureInfo.InvariantCulture, out int code);
        return new SendResult(false, known && Retryable((GrpcStatus)code, response), $"gRPC status {status} {Trailer(response, "grpc-message")}");
    }

    /// <summary>opentelemetry.io/docs/specs/otlp, "OTLP/gRPC Response": which codes a client tries again on.</summary>
    /// <remarks>
    /// RESOURCE_EXHAUSTED only where the endpoint says when to come back: without that it is what gRPC servers answer to a message over their size
    /// limit, and sending that again would hold up all later batches for ever.
    /// </remarks>
    private static bool Retryable(GrpcStatus status, HttpResponseMessage response) => status is GrpcStatus.Cancelled or GrpcStatus.DeadlineExceeded
        or GrpcStatus.Aborted or GrpcStatus.OutOfRange or GrpcStatus.Unavailable or GrpcStatus.DataLoss
        || (status == GrpcStatus.ResourceExhausted && HasRetryInfo(Trailer(response, "grpc-status-details-bin")));

    /// <summary>Whether a serialized google.rpc.Status (base64, padded or not) carries a google.rpc.RetryInfo.</summary>
    private static bool HasRetryInfo(string? details)
    {
        if (details is null)
            return false;
        byte[] status = new byte[details.Length];
        string padded = details.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, status, out int length) && status.AsSpan(0, length).IndexOf("google.rpc.RetryInfo"u8) >= 0;
    }

    /// <summary>An answer without a body carries its trailers as headers ("Trailers-Only").</summary>
    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
            ? string.Join(' ', values)
            : null;
}
