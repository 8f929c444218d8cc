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
        return new SendResult(false, known && Retryable((GrpcStatus)code), $"gRPC status {status} {Trailer(response, "grpc-message")}");
    }

    /// <summary>opentelemetry.io/docs/specs/otlp, "OTLP/gRPC Response": which codes a client tries again on.</summary>
    private static bool Retryable(GrpcStatus status) => status is GrpcStatus.Cancelled or GrpcStatus.DeadlineExceeded or GrpcStatus.Aborted
        or GrpcStatus.OutOfRange or GrpcStatus.Unavailable or GrpcStatus.DataLoss or GrpcStatus.ResourceExhausted;

    /// <summary>An answer without a body carries its trailers as headers ("Trailers-Only").</summary>
    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
            ? string.Join(' ', values)
            : null;
}
