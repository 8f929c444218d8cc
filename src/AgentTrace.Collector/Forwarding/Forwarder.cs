using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Collector.Forwarding;

/// <summary>Passes every batch to every endpoint. A batch is taken by all queues or by none.</summary>
internal sealed class Forwarder : IHostedService, IDisposable
{
    private readonly IReadOnlyList<ForwardingQueue> _queues;
    private readonly CancellationTokenSource _giveUp = new();
    private Task _running = Task.CompletedTask;

    public Forwarder(CollectorOptions options, IHttpClientFactory clients, TimeProvider clock, ILoggerFactory logs)
    {
        ILogger<ForwardingQueue> log = logs.CreateLogger<ForwardingQueue>();
        _queues = [.. options.Forward.Select(endpoint =>
        {
            HttpClient http = clients.CreateClient(nameof(Forwarder));
            ITraceSender sender = endpoint.IsGrpc ? new OtlpGrpcSender(http, endpoint) : new OtlpHttpSender(http, endpoint);
            return new ForwardingQueue(endpoint, sender, options.ForwardQueueBytes, ForwardingRetry.Create(endpoint, clock, log), log);
        })];
    }

    /// <summary>Queues the batch for every endpoint.</summary>
    /// <exception cref="BackPressureException">One queue is full: nothing was queued anywhere.</exception>
    public void Enqueue(TraceBatch batch)
    {
        for (int i = 0; i < _queues.Count; i++)
        {
            if (_queues[i].TryReserve(batch.Size))
                continue;
            for (int reserved = 0; reserved < i; reserved++)
                _queues[reserved].Release(batch.Size);
            throw new BackPressureException($"the queue to {_queues[i].Endpoint} is full; try again later");
        }

        foreach (ForwardingQueue queue in _queues)
            queue.Enqueue(batch);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_queues.Select(queue => Task.Run(() => queue.RunAsync(_giveUp.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Sends what is queued; when the host's shutdown time is over, what is left is given up, counted and logged.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (ForwardingQueue queue in _queues)
            queue.Complete();
        await using (cancellationToken.Register(_giveUp.Cancel).ConfigureAwait(false))
            await _running.ConfigureAwait(false);
    }

    public void Dispose() => _giveUp.Dispose();
}
