using AgentTrace.TestKit.Otlp;

namespace AgentTrace.TestKit.Fuzz;

/// <summary>The ways a mutated request reaches a receiver.</summary>
public static class ReceiverDoor
{
    private const int InvalidArgument = 3;

    /// <summary>Without a socket.</summary>
    public static Func<FuzzRequest, Task<FuzzAnswer>> InProcess(InProcessServer server) => async request =>
    {
        (int status, byte[] body) = await server.PostAsync("/v1/traces", ContentType(request), request.Body);
        return Read(request, status, body);
    };

    /// <summary>By HTTP/1.1; every second protobuf request by gRPC.</summary>
    public static Func<FuzzRequest, Task<FuzzAnswer>> Loopback(OtlpClient client) => async request =>
    {
        if (request.IsJson || request.Number % 2 == 0)
        {
            OtlpHttpAnswer answer = await client.PostAsync(request.Body, CancellationToken.None, ContentType(request));
            return Read(request, (int)answer.Status, answer.Body);
        }

        OtlpGrpcAnswer grpc = await client.CallAsync(request.Body, CancellationToken.None, gzip: request.Number % 3 == 0 && request.Body.Length > 0);
        return new FuzzAnswer(grpc.Status == 0, grpc.Status == InvalidArgument, grpc.Status == 0 ? grpc.Response.PartialSuccess?.RejectedSpans ?? 0 : 0, $"gRPC {grpc.Status} {grpc.Message}");
    };

    private static string ContentType(FuzzRequest request) => request.IsJson ? "application/json" : "application/x-protobuf";

    private static FuzzAnswer Read(FuzzRequest request, int status, byte[] body)
    {
        string text = System.Text.Encoding.UTF8.GetString(body);
        return new FuzzAnswer(status == 200, status == 400, status == 200 ? Rejected(request, body) : 0, $"HTTP {status} {text}");
    }

    private static long Rejected(FuzzRequest request, byte[] body)
    {
        if (!request.IsJson)
            return ExportResponse.Parser.ParseFrom(body).PartialSuccess?.RejectedSpans ?? 0;
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("partialSuccess", out var partial) && partial.TryGetProperty("rejectedSpans", out var count)
            ? long.Parse(count.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
    }
}
