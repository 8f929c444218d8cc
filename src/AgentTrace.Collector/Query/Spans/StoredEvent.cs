namespace AgentTrace.Collector.Query.Spans;

/// <summary>One event of a span.</summary>
internal sealed record StoredEvent(ulong TimeUnixNano, string Name, IReadOnlyDictionary<string, object?> Attributes);
