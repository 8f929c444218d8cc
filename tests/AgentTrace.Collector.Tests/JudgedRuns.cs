using System.Threading.Channels;
using AgentTrace.Collector.Storage;
using AgentTrace.TestKit.Otlp;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace AgentTrace.Collector.Tests;

/// <summary>A collector whose time stands still until the test moves it, and the runs it decides.</summary>
internal sealed class JudgedRuns : IAsyncDisposable
{
    private readonly Channel<RunRecord> _decided = Channel.CreateUnbounded<RunRecord>();

    private JudgedRuns(CollectorHost host, FakeTimeProvider clock)
    {
        Host = host;
        Clock = clock;
        Client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        host.Decisions.Decided += record => _decided.Writer.TryWrite(record);
    }

    public CollectorHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public OtlpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<JudgedRuns> StartAsync(CollectorOptions? options = null, Action<IServiceCollection>? services = null)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(54));
        CollectorHost host = CollectorHost.Create(options ?? new CollectorOptions { HttpPort = 0, GrpcPort = 0 }, configureServices: collection =>
        {
            collection.AddSingleton<TimeProvider>(clock);
            services?.Invoke(collection);
        });
        await host.StartAsync(Cancel);
        return new JudgedRuns(host, clock);
    }

    /// <summary>Sends these spans of the trace alone.</summary>
    public Task<OtlpHttpAnswer> SendAsync(TestTrace trace, params IEnumerable<Span> spans)
    {
        ExportRequest request = trace.Request.Clone();
        request.ResourceSpans[0].ScopeSpans[0].Spans.Clear();
        request.ResourceSpans[0].ScopeSpans[0].Spans.Add(spans);
        return Client.PostAsync(request.ToByteArray(), Cancel);
    }

    /// <summary>The next run that is decided.</summary>
    public ValueTask<RunRecord> NextAsync() => _decided.Reader.ReadAsync(Cancel);

    /// <summary>Moves the time and gives the next run that is decided.</summary>
    public ValueTask<RunRecord> NextAfterAsync(TimeSpan time)
    {
        Clock.Advance(time);
        return NextAsync();
    }

    /// <summary>Whether a run was decided that the test has not asked for.</summary>
    public bool HasMore => _decided.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
