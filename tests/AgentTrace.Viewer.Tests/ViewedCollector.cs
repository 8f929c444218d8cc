using System.Threading.Channels;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Collector;
using AgentTrace.Collector.Storage;
using AgentTrace.Collector.Security;
using AgentTrace.Collector.Viewer;
using AgentTrace.Store;
using AgentTrace.TestKit.Otlp;

namespace AgentTrace.Viewer.Tests;

/// <summary>A collector whose pages are looked at, and the runs it decided.</summary>
internal sealed class ViewedCollector : IAsyncDisposable
{
    private readonly Channel<RunRecord> _decided = Channel.CreateUnbounded<RunRecord>();

    private ViewedCollector(CollectorHost host)
    {
        Host = host;
        Client = new OtlpClient(host.HttpAddress, host.GrpcAddress);
        host.Decisions.Decided += record => _decided.Writer.TryWrite(record);
    }

    public CollectorHost Host { get; }

    public OtlpClient Client { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ViewedCollector> StartAsync(IFailureAttributor? attributor = null, ITraceStore? store = null, ViewerOptions? viewer = null, ListeningOptions? listening = null)
    {
        CollectorHost host = CollectorHost.Create(new CollectorOptions
        {
            HttpPort = 0,
            GrpcPort = 0,
            QuietTime = TimeSpan.FromMilliseconds(50),
            Attributor = attributor ?? new StructuralAttributor(),
            Store = store,
            Storing = new StoreOptions { AnswerWhenStored = store is not null },
            Viewer = viewer ?? new ViewerOptions(),
            Listening = listening ?? new ListeningOptions(),
        });
        await host.StartAsync(Cancel);
        return new ViewedCollector(host);
    }

    public Uri Address(string path) => new(Host.HttpAddress, path);

    /// <summary>Sends a trace and waits until it is decided.</summary>
    public async Task<RunRecord> SendAsync(TestTrace trace)
    {
        await Client.PostAsync(trace.Bytes, Cancel);
        return await NextAsync();
    }

    /// <summary>The next run that is decided.</summary>
    public ValueTask<RunRecord> NextAsync() => _decided.Reader.ReadAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
