namespace AgentTrace.Collector.Forwarding;

/// <summary>How one attempt to pass a batch on ended.</summary>
/// <param name="Delivered">True when the endpoint took it.</param>
/// <param name="Retryable">True when the same batch may succeed later.</param>
/// <param name="Detail">What the endpoint said, for the log.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait; null when it does not say.</param>
internal readonly record struct SendResult(bool Delivered, bool Retryable, string Detail, TimeSpan? RetryAfter = null)
{
    public static SendResult Ok { get; } = new(true, false, "ok");
}
