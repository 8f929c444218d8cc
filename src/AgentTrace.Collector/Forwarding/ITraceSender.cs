namespace AgentTrace.Collector.Forwarding;

/// <summary>Makes one attempt to pass a batch on; connection failures come back as retryable results, not as exceptions.</summary>
internal interface ITraceSender
{
    Task<SendResult> SendAsync(TraceBatch batch, CancellationToken cancellationToken);
}
