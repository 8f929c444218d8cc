using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentTrace.TestKit.Otlp;

/// <summary>A real OTLP backend on loopback: takes HTTP and gRPC, decodes with Google's protobuf code and keeps what came.</summary>
public sealed class OtlpSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<ReceivedSignal> _signals = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpSink(WebApplication app) => _app = app;

    /// <summary>HTTP statuses to answer next requests with before it answers 200; each is used once.</summary>
    public Queue<int> NextStatuses { get; } = new();

    /// <summary>gRPC statuses to answer next calls with before it answers OK; each is used once.</summary>
    public Queue<int> NextGrpcStatuses { get; } = new();

    /// <summary>What goes with the next gRPC statuses as grpc-status-details-bin; null for nothing.</summary>
    public string? GrpcStatusDetails { get; set; }

    /// <summary>A signal that is answered as one that is not served; what came of it is kept all the same.</summary>
    public string? Unserved { get; set; }

    public Uri HttpAddress => new(Addresses.First());

    public Uri GrpcAddress => new(Addresses.Last());

    /// <summary>For the collector's forward option: <c>grpc://host:port</c>.</summary>
    public string GrpcEndpoint => $"grpc://{GrpcAddress.Authority}";

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    /// <summary>What came of metrics and logs.</summary>
    public IReadOnlyList<ReceivedSignal> Signals
    {
        get
        {
            lock (_lock)
                return [.. _signals];
        }
    }

    public IReadOnlyList<ReceivedSpan> Spans => [.. Requests.SelectMany(request => request.Spans)];

    private ICollection<string> Addresses => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    public static async Task<OtlpSink> StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        WebApplication app = builder.Build();
        var sink = new OtlpSink(app);
        app.MapPost("/v1/traces", sink.ReceiveHttpAsync);
        app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", sink.ReceiveGrpcAsync);
        foreach (string signal in (string[])["metrics", "logs"])
        {
            string service = char.ToUpperInvariant(signal[0]) + signal[1..];
            app.MapPost($"/v1/{signal}", context => sink.ReceiveSignalAsync(context, signal, isGrpc: false));
            app.MapPost($"/opentelemetry.proto.collector.{signal}.v1.{service}Service/Export", context => sink.ReceiveSignalAsync(context, signal, isGrpc: true));
        }

        await app.StartAsync(cancellationToken);
        return sink;
    }

    /// <summary>Waits until what came satisfies the condition; the test's own timeout bounds it.</summary>
    public async Task<IReadOnlyList<ReceivedSpan>> WaitForAsync(Func<IReadOnlyList<ReceivedSpan>, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            IReadOnlyList<ReceivedSpan> spans = Spans;
            if (condition(spans))
                return spans;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Waits for a request of metrics or logs; the test's own timeout bounds it.</summary>
    public async Task<ReceivedSignal> WaitForSignalAsync(Func<ReceivedSignal, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (Signals.FirstOrDefault(condition) is { } found)
                return found;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveHttpAsync(HttpContext context)
    {
        byte[] body = await ReadAsync(context.Request);
        if (Next(NextStatuses) is { } status)
        {
            context.Response.StatusCode = status;
            return;
        }

        Keep(new ReceivedRequest(IsGrpc: false, context.Request.ContentType ?? "", body));
        await context.Response.Body.WriteAsync(new ExportResponse().ToByteArray());
    }

    private async Task ReceiveGrpcAsync(HttpContext context)
    {
        byte[] framed = await ReadAsync(context.Request);
        int status = Next(NextGrpcStatuses) ?? 0;
        context.Response.ContentType = "application/grpc";
        if (status == 0)
        {
            Keep(new ReceivedRequest(IsGrpc: true, context.Request.ContentType ?? "", framed[0] == 1 ? Gunzip(framed.AsSpan(5)) : framed[5..]));
            await context.Response.Body.WriteAsync(new byte[5]);
        }

        if (status != 0 && GrpcStatusDetails is { } details)
            context.Response.AppendTrailer("grpc-status-details-bin", details);
        context.Response.AppendTrailer("grpc-status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task ReceiveSignalAsync(HttpContext context, string signal, bool isGrpc)
    {
        byte[] body = await ReadAsync(context.Request);
        lock (_lock)
            _signals.Add(new ReceivedSignal(signal, isGrpc, context.Request.ContentType ?? "", isGrpc ? body[5..] : body));
        Signal();
        if (!isGrpc)
        {
            context.Response.StatusCode = signal == Unserved ? 404 : 200;
            return;
        }

        context.Response.ContentType = "application/grpc";
        if (signal != Unserved)
            await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", signal == Unserved ? "12" : "0");
    }

    private int? Next(Queue<int> statuses)
    {
        lock (_lock)
            return statuses.TryDequeue(out int status) ? status : null;
    }

    private void Keep(ReceivedRequest request)
    {
        lock (_lock)
        {
            _requests.Add(request);
        }

        Signal();
    }

    private void Signal()
    {
        lock (_lock)
        {
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return request.Headers.ContentEncoding == "gzip" ? Gunzip(body.ToArray()) : body.ToArray();
    }

    private static byte[] Gunzip(ReadOnlySpan<byte> packed)
    {
        using var source = new MemoryStream(packed.ToArray());
        using var gzip = new System.IO.Compression.GZipStream(source, System.IO.Compression.CompressionMode.Decompress);
        using var body = new MemoryStream();
        gzip.CopyTo(body);
        return body.ToArray();
    }
}
