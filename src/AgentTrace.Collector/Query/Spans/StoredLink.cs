namespace AgentTrace.Collector.Query.Spans;

/// <summary>One link of a span; ids in hex.</summary>
internal sealed record StoredLink(string TraceId, string SpanId);
