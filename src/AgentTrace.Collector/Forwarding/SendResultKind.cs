namespace AgentTrace.Collector.Forwarding;

/// <summary>How one attempt to pass a request on ended.</summary>
internal enum SendResultKind
{
    /// <summary>The endpoint took it.</summary>
    Delivered,

    /// <summary>The same request may succeed later.</summary>
    Retryable,

    /// <summary>The endpoint will never take this request, whatever it carries.</summary>
    Refused,

    /// <summary>The endpoint will never take what this request carries; a part of it may be fine.</summary>
    Unacceptable,
}
