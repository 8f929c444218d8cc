using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace AgentTrace.TestKit.Otlp;

/// <summary>Sends raw OTLP requests, right or wrong ones, and shows what came back.</summary>
public sealed class OtlpClient(Uri http, Uri grpc, string? token = null) : IDisposable
{
    private readonly HttpClient _client = new() { DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) } };

    public async Task<OtlpHttpAnswer> PostAsync(
        byte[] body, CancellationToken cancellationToken, string contentType = "application/x-protobuf", string? encoding = null, string path = "/v1/traces")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        using HttpResponseMessage response = await _client.PostAsync(new Uri(http, path), content, cancellationToken);
        return new OtlpHttpAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public async Task<OtlpGrpcAnswer> CallAsync(
        byte[] message, CancellationToken cancellationToken, bool gzip = false, string method = "opentelemetry.proto.collector.trace.v1.TraceService/Export")
    {
        byte[] payload = gzip ? Gzip(message) : message;
        byte[] framed = new byte[5 + payload.Length];
        framed[0] = gzip ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(framed.AsSpan(1), (uint)payload.Length);
        payload.CopyTo(framed, 5);
        return await CallFramedAsync(framed, cancellationToken, gzip, method);
    }

    /// <summary>Sends bytes as they are, prefix and all.</summary>
    public async Task<OtlpGrpcAnswer> CallFramedAsync(
        byte[] framed, CancellationToken cancellationToken, bool gzip = false, string method = "opentelemetry.proto.collector.trace.v1.TraceService/Export")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(grpc, method))
        {
            Content = new ByteArrayContent(framed) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (gzip)
            request.Headers.Add("grpc-encoding", "gzip");
        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        string status = response.TrailingHeaders.TryGetValues("grpc-status", out var values) || response.Headers.TryGetValues("grpc-status", out values) ? values.First() : "-1";
        string? text = response.TrailingHeaders.TryGetValues("grpc-message", out values) || response.Headers.TryGetValues("grpc-message", out values) ? values.First() : null;
        return new OtlpGrpcAnswer(int.Parse(status, CultureInfo.InvariantCulture), text is null ? null : Uri.UnescapeDataString(text), body.Length >= 5 ? body[5..] : []);
    }

    public static byte[] Gzip(byte[] body)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(body);
        return target.ToArray();
    }

    public void Dispose() => _client.Dispose();
}
