using AgentTrace.Collector.Forwarding;
using Polly;
using Polly.Retry;

namespace AgentTrace.Collector.Attribution;

/// <summary>Queues for forwarding what has no sender that could be asked to wait: tries until there is room.</summary>
internal sealed class UntilRoom(Forwarder forwarder, TimeProvider clock)
{
    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<BackPressureException>(),
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromSeconds(1),
        })
        .Build();

    public ValueTask EnqueueAsync(OtlpBatch batch, CancellationToken cancellationToken) =>
        _retry.ExecuteAsync(_ =>
        {
            forwarder.Enqueue(batch);
            return ValueTask.CompletedTask;
        }, cancellationToken);
}
