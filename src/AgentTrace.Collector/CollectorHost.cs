using System.Net;
using AgentTrace.Collector.Attribution;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Hold;
using AgentTrace.Collector.Hosting;
using AgentTrace.Collector.Jobs;
using AgentTrace.Collector.Judgements;
using AgentTrace.Collector.Otlp;
using AgentTrace.Collector.Query;
using AgentTrace.Collector.Query.Jaeger;
using AgentTrace.Collector.Query.OpenApi;
using AgentTrace.Collector.Query.Search;
using AgentTrace.Collector.Query.Spans;
using AgentTrace.Collector.Query.Tempo;
using AgentTrace.Collector.Redaction;
using AgentTrace.Collector.Runs;
using AgentTrace.Collector.Security;
using AgentTrace.Collector.Signals;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Telemetry;
using AgentTrace.Store;
using AgentTrace.Store.Jobs;
using AgentTrace.Store.Judgements;
using AgentTrace.Store.Runs;
using AgentTrace.Store.Spans;
using AgentTrace.Collector.Viewer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector;

/// <summary>A collector: takes OTLP in on loopback, passes every span on, and attributes failed runs.</summary>
public sealed class CollectorHost : IAsyncDisposable
{
    private const double SlowestBytesPerSecond = 240;

    private readonly WebApplication _app;

    private CollectorHost(WebApplication app) => _app = app;

    /// <summary>Where OTLP/HTTP and the viewer's pages are served; known once started.</summary>
    public Uri HttpAddress => Address(0);

    /// <summary>Where OTLP/gRPC is served; known once started.</summary>
    public Uri GrpcAddress => Address(1);

    /// <summary>The finished runs.</summary>
    public IRunStore Runs => _app.Services.GetRequiredService<IRunStore>();

    /// <summary>Tells when a run is decided.</summary>
    public RunDecisions Decisions => _app.Services.GetRequiredService<RunDecisions>();

    /// <summary>Builds a collector that is not started yet.</summary>
    /// <param name="options">How it is set up.</param>
    /// <param name="configureLogging">Where its logs go; nowhere when null.</param>
    /// <param name="configureServices">What to put in place of the defaults, for example another <see cref="IRunStore"/> or clock.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static CollectorHost Create(
        CollectorOptions options, Action<ILoggingBuilder>? configureLogging = null, Action<IServiceCollection>? configureServices = null)
    {
        options.Validate();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        configureLogging?.Invoke(builder.Logging);

        // With a log of its own the server would begin an activity for every request.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(15));
        Action<ListenOptions>? secure = TransportSecurity.Read(options.Listening);
        void Listen(KestrelServerOptions kestrel, int port, HttpProtocols protocols) => kestrel.Listen(options.Listening.Address, port, listen =>
        {
            listen.Protocols = protocols;
            secure?.Invoke(listen);
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The receivers hold their own limit, before and after decompression, and answer over it as OTLP does.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = options.Limits.SlowCaller;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, options.Limits.SlowCaller);
            Listen(kestrel, options.HttpPort, HttpProtocols.Http1);
            Listen(kestrel, options.GrpcPort, HttpProtocols.Http2);
        });
        configureServices?.Invoke(builder.Services);
        AddServices(builder.Services, options);

        WebApplication app = builder.Build();
        AccessControl access = app.Services.GetRequiredService<AccessControl>();
        if (access.IsOn)
            app.Use(next => context => access.ServeAsync(context, next));
        else if (IPAddress.IsLoopback(options.Listening.Address))
        {
            var guard = new HostGuard(options.Listening);
            app.Use(next => context => guard.ServeAsync(context, next));
        }

        OtlpReceiver receiver = app.Services.GetRequiredService<OtlpReceiver>();
        app.Use(next => context => receiver.ServeAsync(context, next));
        app.UseRouting();
        app.UseRateLimiter();
        OtlpGrpcReceiver.MapUnknown(app);
        RunsApi.Map(app);
        JudgementsApi.Map(app);
        OpenApiDocument.Map(app);
        JaegerApi.Map(app);
        TempoApi.Map(app);
        HealthApi.Map(app);
        app.MapViewer();
        return new CollectorHost(app);
    }

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _app.StartAsync(cancellationToken);

    /// <summary>Stops taking spans in, attributes the runs that have ended, passes on what is queued, and stops; at most 15 seconds.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>Runs until the process is asked to end or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void AddServices(IServiceCollection services, CollectorOptions options)
    {
        services.AddMetrics();
        services.AddSingleton<IMemoryPoolFactory<byte>, ConnectionBuffers>();
        services.AddSingleton(options);
        services.AddSingleton(new AccessControl(options.Access));
        services.AddSingleton(new Redactor(options.Redaction));
        RateLimits.Add(services, options.Limits);
        services.TryAddSingleton(TimeProvider.System);
        AddStore(services, options);
        services.AddSingleton<RunLibrary>();
        services.AddSingleton<TraceLibrary>();
        services.AddSingleton<SpanSearch>();
        services.AddSingleton<TempoSearch>();
        services.AddSingleton<TempoNames>();
        services.AddSingleton<LatestOutcomes>();
        services.AddSingleton<StoredTraceReader>();
        services.AddSingleton<OutcomePosting>();
        services.AddSingleton<LabelPosting>();
        services.AddViewer();
        services.AddSingleton<RunDecisions>();
        services.AddSingleton<AttributionQueue>();
        services.AddSingleton<RunJudge>();
        services.AddSingleton<UntilRoom>();
        services.AddSingleton<VerdictDelivery>();
        services.AddSingleton<CollectorMeter>();
        services.AddSingleton<OwnSignals>();
        services.AddSingleton<FinishedRuns>();
        services.AddSingleton<TracePipeline>();
        services.AddIntakes();
        services.AddSingleton<OtlpReceiver>();

        // Hosted services stop in reverse: first no new runs, then the last verdicts, then what is held, then the last spans out and into the store.
        if (options.Store is not null)
            AddHosted<StoreWriter>(services);
        AddHosted<Forwarder>(services);
        AddHosted<MetricExport>(services);
        AddHosted<HeldTraces>(services);
        AddHosted<AttributionService>(services);
        AddHosted<RunAssembler>(services);
        if (options.Store is IRunJobs)
            AddHosted<JobWorker>(services);
    }

    private static void AddStore(IServiceCollection services, CollectorOptions options)
    {
        if (options.Store is not { } store)
        {
            services.TryAddSingleton<IRunStore>(new InMemoryRunStore(options.MaxStoredRuns));
            services.AddSingleton<IRunArchive>(provider => new InMemoryRunArchive(provider.GetRequiredService<IRunStore>(), options.MaxStoredRuns));
            services.AddSingleton<IJudgementStore>(new InMemoryJudgements(options.MaxStoredRuns));
            return;
        }

        services.AddSingleton(store);
        services.AddSingleton<IRunArchive>(store);
        services.AddSingleton<ISpanStore>(store);
        services.AddSingleton<IJudgementStore>(store);
        services.AddSingleton<StoreQueue>();
        if (store is IRunJobs jobs)
            AddJobs(services, store, jobs);
        services.TryAddSingleton<IRunStore>(provider => new StoredRuns(store, provider.GetRequiredService<StoreQueue>(), options.MaxStoredRuns));
    }

    private static void AddJobs(IServiceCollection services, ITraceStore store, IRunJobs jobs)
    {
        services.AddSingleton(jobs);
        services.AddSingleton<StoredRunReader>();
        services.AddSingleton<JobJudge>();
        services.TryAddSingleton<IRunStore>(new SharedRuns(store));
    }

    private static void AddHosted<T>(IServiceCollection services) where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private Uri Address(int index)
    {
        ICollection<string>? addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        return addresses is { Count: > 1 }
            ? new Uri(addresses.ElementAt(index))
            : throw new InvalidOperationException("The collector's addresses are known once it is started.");
    }
}
