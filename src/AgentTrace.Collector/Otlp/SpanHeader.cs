namespace AgentTrace.Collector.Otlp;

/// <summary>What the scan of one span found, as slices of the request: nothing is copied.</summary>
internal ref struct SpanHeader
{
    /// <summary>The span's own message.</summary>
    public ReadOnlySpan<byte> Message;

    /// <summary>The resource message it was sent under; empty when there was none.</summary>
    public ReadOnlySpan<byte> Resource;

    public ReadOnlySpan<byte> TraceId;

    public ReadOnlySpan<byte> SpanId;

    public ReadOnlySpan<byte> ParentSpanId;

    public ReadOnlySpan<byte> Name;

    /// <summary>The status message; empty when there is none.</summary>
    public ReadOnlySpan<byte> Status;

    public ulong StartTimeUnixNano;

    public ulong EndTimeUnixNano;

    /// <summary>True when an attribute or event speaks of agents, so that the span is worth decoding for a run.</summary>
    public bool IsAgent;

    /// <summary>Why this span must be refused, or null when it is fine.</summary>
    public string? Fault;
}
