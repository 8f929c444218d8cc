namespace AgentTrace.Collector;

/// <summary>The queue to a forwarding endpoint is full: the sender shall keep its spans and try again.</summary>
internal sealed class BackPressureException(string message) : Exception(message);
