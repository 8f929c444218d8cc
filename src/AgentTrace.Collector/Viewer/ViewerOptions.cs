namespace AgentTrace.Collector.Viewer;

/// <summary>How the pages about runs are set up.</summary>
public sealed class ViewerOptions
{
    /// <summary>Stands in <see cref="TraceUrl"/> for the run's trace id.</summary>
    public const string TraceIdPlace = "{traceId}";

    /// <summary>Stands in <see cref="TraceUrl"/> for the id of the culprit's span; it may be left out.</summary>
    public const string SpanIdPlace = "{spanId}";

    /// <summary>
    /// Where a backend shows the same trace, for example <c>http://localhost:16686/trace/{traceId}?uiFind={spanId}</c>; null for no link.
    /// </summary>
    public string? TraceUrl { get; init; }

    internal void Validate(Action<bool, string, object, string> require)
    {
        if (TraceUrl is null)
            return;
        bool isAddress = Uri.TryCreate(TraceUrl.Replace(TraceIdPlace, "0", StringComparison.Ordinal).Replace(SpanIdPlace, "0", StringComparison.Ordinal), UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
        require(isAddress && TraceUrl.Contains(TraceIdPlace, StringComparison.Ordinal),
            $"{nameof(CollectorOptions.Viewer)}.{nameof(TraceUrl)}", TraceUrl, $"an http or https address with {TraceIdPlace} in it");
    }

    /// <summary>The backend's page of a trace; null where none is set.</summary>
    internal string? TraceUrlOf(string traceId, string spanId) => TraceUrl?
        .Replace(TraceIdPlace, Uri.EscapeDataString(traceId), StringComparison.Ordinal)
        .Replace(SpanIdPlace, Uri.EscapeDataString(spanId), StringComparison.Ordinal);
}
