namespace AgentTrace.Collector;

/// <summary>There is no room for a request now: the sender shall keep its spans and try again.</summary>
internal sealed class BackPressureException(string message, Exception? cause = null) : Exception(message, cause);
