namespace AgentTrace.TestKit.Otlp;

/// <summary>One export request as it came.</summary>
public sealed record ReceivedRequest(bool IsGrpc, string ContentType, byte[] Body)
{
    public bool IsJson => ContentType.StartsWith("application/json", StringComparison.Ordinal);

    public IReadOnlyList<ReceivedSpan> Spans { get; } = ContentType.StartsWith("application/json", StringComparison.Ordinal)
        ? []
        : [.. ExportRequest.Parser.ParseFrom(Body).ResourceSpans.SelectMany(resource =>
            resource.ScopeSpans.SelectMany(scope => scope.Spans.Select(span => new ReceivedSpan(resource.Resource, scope.Scope, span))))];
}
