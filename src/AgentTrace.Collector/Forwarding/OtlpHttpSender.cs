using System.Net;
using System.Net.Http.Headers;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Sends batches by OTLP/HTTP in the encoding they came in.</summary>
internal sealed class OtlpHttpSender(HttpClient http, ForwardingEndpoint endpoint) : ITraceSender
{
    public async Task<SendResult> SendAsync(TraceBatch batch, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(batch.Json ?? batch.Protobuf);
        content.Headers.ContentType = new MediaTypeHeaderValue(batch.Json is null ? "application/x-protobuf" : "application/json");
        using HttpResponseMessage response = await http.PostAsync(endpoint.Address, content, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
            return SendResult.Ok;

        // opentelemetry.io/docs/specs/otlp, "Retryable Response Codes".
        bool retryable = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
            or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
        return new SendResult(false, retryable, $"HTTP {(int)response.StatusCode}", response.Headers.RetryAfter?.Delta);
    }
}
