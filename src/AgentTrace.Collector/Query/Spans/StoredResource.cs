namespace AgentTrace.Collector.Query.Spans;

/// <summary>Who sent spans, and by which instrumentation.</summary>
/// <param name="Service">The <c>service.name</c>; empty where there is none.</param>
/// <param name="Attributes">The resource's attributes.</param>
/// <param name="ScopeName">The instrumentation's name.</param>
/// <param name="ScopeVersion">The instrumentation's version.</param>
internal sealed record StoredResource(string Service, IReadOnlyDictionary<string, object?> Attributes, string ScopeName, string ScopeVersion);
