using System.Net;
using System.Net.Http.Headers;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Sends requests by OTLP/HTTP in the encoding they came in (opentelemetry.io/docs/specs/otlp, "OTLP/HTTP").</summary>
internal sealed class OtlpHttpSender(HttpMessageInvoker http, ForwardingEndpoint endpoint, OtlpSignal signal, TimeProvider clock) : IOtlpSender
{
    private static readonly MediaTypeHeaderValue Protobuf = new("application/x-protobuf");
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly Uri _address = endpoint.AddressOf(signal);

    public async Task<SendResult> SendAsync(OtlpExport export, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new OtlpContent(export, grpc: false, endpoint.Gzip) };
        request.Content.Headers.ContentType = export.IsJson ? Json : Protobuf;
        if (endpoint.Gzip)
            request.Content.Headers.ContentEncoding.Add("gzip");
        foreach ((string name, string value) in endpoint.Headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        byte[] body = await ResponseBody.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return new SendResult(SendResultKind.Delivered, export.IsJson ? "ok" : PartialSuccess.Describe(body) ?? "ok");
        return new SendResult(KindOf(response.StatusCode), $"HTTP {(int)response.StatusCode}", RetryAfter(response.Headers.RetryAfter));
    }

    public void Dispose() => http.Dispose();

    /// <summary>The specification's "Retryable Response Codes"; of the others some speak of this body alone.</summary>
    private static SendResultKind KindOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => SendResultKind.Retryable,
        HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity or HttpStatusCode.InternalServerError => SendResultKind.Unacceptable,
        _ => SendResultKind.Refused,
    };

    private TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        TimeSpan? wait = header?.Delta ?? header?.Date - clock.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
