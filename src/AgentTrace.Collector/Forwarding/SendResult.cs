namespace AgentTrace.Collector.Forwarding;

/// <summary>How one attempt to pass a request on ended.</summary>
/// <param name="Kind">Taken, to be tried again, or refused.</param>
/// <param name="Detail">What the endpoint said, for the log.</param>
/// <param name="RetryAfter">How long the endpoint asks to wait; null when it does not say.</param>
internal readonly record struct SendResult(SendResultKind Kind, string Detail, TimeSpan? RetryAfter = null)
{
    public static SendResult Ok { get; } = new(SendResultKind.Delivered, "ok");

    public bool Delivered => Kind == SendResultKind.Delivered;

    public bool Retryable => Kind == SendResultKind.Retryable;
}
