using System.Net;
using AgentTrace.Collector.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Benchmarks.Collector;

/// <summary>A backend that counts spans. It can be slow, refuse, or be gone for a while.</summary>
internal sealed class LoadSink : IAsyncDisposable
{
    private readonly int _httpPort;
    private readonly int _grpcPort;
    private WebApplication _app;

    private LoadSink(WebApplication app)
    {
        _app = app;
        (_httpPort, _grpcPort) = (new Uri(Addresses.First()).Port, new Uri(Addresses.Last()).Port);
    }

    public SpanTally Tally { get; private init; } = new();

    public string HttpEndpoint => $"http://127.0.0.1:{_httpPort}";

    public string GrpcEndpoint => $"grpc://127.0.0.1:{_grpcPort}";

    /// <summary>Waited before every answer.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Says what to answer instead of success: an HTTP or gRPC status, by whether the request came by gRPC; null for success.</summary>
    public Func<bool, int?> Refuse { get; set; } = _ => null;

    private ICollection<string> Addresses => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    public static async Task<LoadSink> StartAsync()
    {
        var tally = new SpanTally();
        LoadSink? sink = null;
        WebApplication app = Build(0, 0, context => sink!.ServeAsync(context));
        await app.StartAsync().ConfigureAwait(false);
        return sink = new LoadSink(app) { Tally = tally };
    }

    /// <summary>Goes down: connections are refused.</summary>
    public async Task GoDownAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await _app.StopAsync(now.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Comes up again on the same ports.</summary>
    public async Task ComeUpAsync()
    {
        _app = Build(_httpPort, _grpcPort, ServeAsync);
        await _app.StartAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(int httpPort, int grpcPort, RequestDelegate serve)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
            kestrel.Limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, httpPort, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, grpcPort, listen => listen.Protocols = HttpProtocols.Http2);
        });
        WebApplication app = builder.Build();
        app.Run(serve);
        return app;
    }

    private async Task ServeAsync(HttpContext context)
    {
        bool grpc = context.Request.ContentType == "application/grpc";
        using var body = new RequestBuffer((int)(context.Request.ContentLength ?? 64 * 1024));
        for (int read = 1; read > 0;)
        {
            read = await context.Request.Body.ReadAsync(body.Free(16 * 1024)).ConfigureAwait(false);
            body.Advance(read);
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, context.RequestAborted).ConfigureAwait(false);
        // Verdicts come as log events too, and the collector's own metrics: they are taken, and not counted.
        bool isTraces = context.Request.Path.Value is "/v1/traces" or "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
        int? refused = isTraces ? Refuse(grpc) : null;
        if (isTraces && refused is null && body.Length > LoadRequest.PrefixBytes)
            Tally.Count(body.Written.Span[(grpc ? LoadRequest.PrefixBytes : 0)..], now);
        if (!grpc)
        {
            context.Response.StatusCode = refused ?? StatusCodes.Status200OK;
            context.Response.ContentLength = 0;
            return;
        }

        context.Response.ContentType = "application/grpc";
        if (refused is null)
        {
            context.Response.BodyWriter.GetSpan(LoadRequest.PrefixBytes)[..LoadRequest.PrefixBytes].Clear();
            context.Response.BodyWriter.Advance(LoadRequest.PrefixBytes);
        }

        context.Response.AppendTrailer("grpc-status", (refused ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
