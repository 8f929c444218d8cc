using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Sends requests by OTLP/gRPC: one unary call over HTTP/2, without TLS too (prior knowledge).</summary>
internal sealed class OtlpGrpcSender(HttpMessageInvoker http, ForwardingEndpoint endpoint, OtlpSignal signal) : IOtlpSender
{
    private static readonly MediaTypeHeaderValue ContentType = new(OtlpGrpcReceiver.ContentType);

    private readonly Uri _address = endpoint.AddressOf(signal);

    public async Task<SendResult> SendAsync(OtlpExport export, CancellationToken cancellationToken)
    {
        if (export.IsJson)
        {
            if (signal.ToProtobuf is null)
                return new SendResult(SendResultKind.Refused, $"{signal.Name} that came as JSON cannot go to a gRPC endpoint");
            export = new OtlpExport(new ReadOnlyMemory<byte>[] { signal.ToProtobuf(export.Bodies[0]) }, IsJson: false);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new OtlpContent(export, grpc: true, endpoint.Gzip),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = ContentType;
        request.Headers.TryAddWithoutValidation("te", "trailers");
        if (endpoint.Gzip)
            request.Headers.TryAddWithoutValidation("grpc-encoding", "gzip");
        foreach ((string name, string value) in endpoint.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await ResponseBody.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return new SendResult(OfHttp(response.StatusCode), $"HTTP {(int)response.StatusCode}");

        string status = Trailer(response, "grpc-status") ?? "none";
        if (status == "0")
            return new SendResult(SendResultKind.Delivered, body.Length > OtlpGrpcReceiver.PrefixBytes ? PartialSuccess.Describe(body.AsSpan(OtlpGrpcReceiver.PrefixBytes)) ?? "ok" : "ok");
        TimeSpan? retry = RetryInfo.Read(Trailer(response, "grpc-status-details-bin"));
        GrpcStatus code = int.TryParse(status, CultureInfo.InvariantCulture, out int known) ? (GrpcStatus)known : GrpcStatus.Unknown;
        return new SendResult(KindOf(code, retry), $"gRPC status {status} {Trailer(response, "grpc-message")}", retry > TimeSpan.Zero ? retry : null);
    }

    public void Dispose() => http.Dispose();

    /// <summary>opentelemetry.io/docs/specs/otlp, "OTLP/gRPC Response": which codes a client tries again on.</summary>
    /// <remarks>
    /// RESOURCE_EXHAUSTED only where the endpoint says when to come back: without that it is what gRPC servers answer to a message over their size
    /// limit, and sending that again would hold up all later batches for ever.
    /// </remarks>
    private static SendResultKind KindOf(GrpcStatus status, TimeSpan? retry) => status switch
    {
        GrpcStatus.Cancelled or GrpcStatus.DeadlineExceeded or GrpcStatus.Aborted or GrpcStatus.OutOfRange or GrpcStatus.Unavailable or GrpcStatus.DataLoss => SendResultKind.Retryable,
        GrpcStatus.ResourceExhausted => retry is null ? SendResultKind.Unacceptable : SendResultKind.Retryable,
        GrpcStatus.InvalidArgument or GrpcStatus.Internal or GrpcStatus.Unknown => SendResultKind.Unacceptable,
        _ => SendResultKind.Refused,
    };

    /// <summary>A proxy's answer, told as gRPC's "HTTP to gRPC status code mapping" has it: these four become UNAVAILABLE.</summary>
    private static SendResultKind OfHttp(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            ? SendResultKind.Retryable
            : status == HttpStatusCode.RequestEntityTooLarge ? SendResultKind.Unacceptable : SendResultKind.Refused;

    /// <summary>An answer without a body carries its trailers as headers ("Trailers-Only").</summary>
    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) || response.Headers.TryGetValues(name, out values)
            ? string.Join(' ', values)
            : null;
}
