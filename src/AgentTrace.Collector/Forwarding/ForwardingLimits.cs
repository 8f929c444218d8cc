namespace AgentTrace.Collector.Forwarding;

/// <summary>How much goes to one endpoint at once.</summary>
/// <param name="BatchBytes">Small requests are put together up to this size.</param>
/// <param name="Concurrency">Requests that may be on their way at the same time.</param>
/// <param name="AttemptTimeout">How long the endpoint may take for one.</param>
internal sealed record ForwardingLimits(int BatchBytes, int Concurrency, TimeSpan AttemptTimeout);
