using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AgentTrace.Collector.Forwarding.Journals;
using AgentTrace.Collector.Otlp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Passes every request of every signal to every endpoint. A request is taken for all endpoints or for none.</summary>
internal sealed class Forwarder : IHostedService, IDisposable
{
    private readonly SignalForwarder[] _signals;
    private readonly CancellationTokenSource _giveUp = new();
    private Task _running = Task.CompletedTask;

    /// <exception cref="IOException">The queue folder cannot be used.</exception>
    public Forwarder(CollectorOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        _signals = [.. OtlpSignal.All.Select(signal => Create(signal, options, clock, logs))];
    }

    /// <summary>Queues a request for every endpoint and takes it over.</summary>
    /// <exception cref="BackPressureException">There is no room: nothing was queued anywhere, and the caller keeps the request.</exception>
    public void Enqueue(OtlpBatch batch) => _signals[batch.Signal.Index].Enqueue(batch);

    /// <summary>What a receiver awaits before it reads on: it holds senders to the pace of the endpoints while those do take what they are sent.</summary>
    public ValueTask SlowDownAsync(OtlpSignal signal, CancellationToken cancellationToken) => _signals[signal.Index].SlowDownAsync(cancellationToken);

    /// <summary>The queues of one signal, one an endpoint.</summary>
    public IReadOnlyList<ForwardingQueue> QueuesOf(OtlpSignal signal) => _signals[signal.Index].Queues;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_signals.Select(signal => signal.RunAsync(_giveUp.Token)));
        return Task.CompletedTask;
    }

    /// <summary>Sends what is queued; when the host's shutdown time is over, what is left is given up, counted and logged, or stays on disk.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (SignalForwarder signal in _signals)
            signal.Complete();
        await using (cancellationToken.Register(GiveUp).ConfigureAwait(false))
            await _running.ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (SignalForwarder signal in _signals)
            signal.Dispose();
        _giveUp.Dispose();
    }

    private static SignalForwarder Create(OtlpSignal signal, CollectorOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        ForwardingOptions forwarding = options.Forwarding;
        DiskJournal? disk = forwarding.QueueDirectory is { } folder && options.Forward.Count > 0
            ? new DiskJournal(Path.Combine(folder, signal.Name), forwarding.QueueMaxBytes, forwarding.QueueFlush, logs.CreateLogger<DiskJournal>())
            : null;
        IJournal journal = disk ?? (IJournal)new MemoryJournal(forwarding.QueueMemoryBytes);
        IRefusedRequests refused = forwarding.QueueDirectory is { } root
            ? new RefusedRequestFiles(Path.Combine(root, "refused"), forwarding.RefusedMaxBytes, clock)
            : new DroppedRequests();
        var limits = new ForwardingLimits(forwarding.BatchBytes, forwarding.Concurrency, forwarding.Timeout);
        ILogger<ForwardingQueue> log = logs.CreateLogger<ForwardingQueue>();
        ForwardingQueue[] queues = [.. options.Forward.Select(endpoint =>
        {
            HttpMessageInvoker http = EndpointConnection.Create(endpoint, limits.Concurrency);
            IOtlpSender sender = endpoint.IsGrpc ? new OtlpGrpcSender(http, endpoint, signal) : new OtlpHttpSender(http, endpoint, signal, clock);
            return new ForwardingQueue(endpoint, signal, sender, journal.OpenReader(NameOf(endpoint)), journal.IsDurable, refused, limits,
                ForwardingRetry.Create(endpoint, clock, log), log);
        })];
        disk?.ForgetOthers();
        return new SignalForwarder(journal, queues, clock);
    }

    /// <summary>A file name for the endpoint that stays the same from start to start.</summary>
    private static string NameOf(ForwardingEndpoint endpoint)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(endpoint.ToString()));
        return string.Create(CultureInfo.InvariantCulture, $"{endpoint.Address.Host}-{endpoint.Address.Port}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }

    private void GiveUp()
    {
        _giveUp.Cancel();
        foreach (SignalForwarder signal in _signals)
            signal.Complete();
    }
}
