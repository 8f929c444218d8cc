namespace AgentTrace.Collector.Otlp;

/// <summary>The service that sent a span, as its resource names it.</summary>
/// <param name="Name">Its <c>service.name</c>; null where it has none.</param>
/// <param name="Version">Its <c>service.version</c>; null where it has none.</param>
internal sealed record SpanService(string? Name, string? Version);
