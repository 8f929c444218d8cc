namespace AgentTrace.Collector.Query.Search;

/// <summary>Where an attribute stands.</summary>
internal enum AttributeScope
{
    /// <summary>On the span, or else on its resource.</summary>
    Any,

    /// <summary>On the span.</summary>
    Span,

    /// <summary>On the resource.</summary>
    Resource,
}
