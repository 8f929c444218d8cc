namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>One span, decoded as far as attribution needs it. Ids are lower-case hex: 32 digits a trace, 16 a span.</summary>
public sealed record AgentSpan
{
    /// <summary>The trace's id.</summary>
    public required string TraceId { get; init; }

    /// <summary>The span's id.</summary>
    public required string SpanId { get; init; }

    /// <summary>The parent's id; null for a root.</summary>
    public string? ParentSpanId { get; init; }

    /// <summary>The span's name.</summary>
    public required string Name { get; init; }

    /// <summary>The <c>service.name</c> of the resource that sent it.</summary>
    public string? ServiceName { get; init; }

    /// <summary>The <c>service.version</c> of the resource that sent it.</summary>
    public string? ServiceVersion { get; init; }

    /// <summary>Start, nanoseconds since the Unix epoch.</summary>
    public ulong StartTimeUnixNano { get; init; }

    /// <summary>End, nanoseconds since the Unix epoch.</summary>
    public ulong EndTimeUnixNano { get; init; }

    /// <summary>The span's status.</summary>
    public SpanStatus Status { get; init; }

    /// <summary>The status' description.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>Attributes: values are string, bool, long, double, <c>object?[]</c> or <c>IReadOnlyDictionary&lt;string, object?&gt;</c>.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = NoAttributes;

    /// <summary>Events in order.</summary>
    public IReadOnlyList<AgentSpanEvent> Events { get; init; } = [];

    /// <summary>Hex ids of the spans in the same trace that this one links to.</summary>
    public IReadOnlyList<string> LinkedSpanIds { get; init; } = [];

    internal static IReadOnlyDictionary<string, object?> NoAttributes { get; } = new Dictionary<string, object?>();

    /// <summary>The attribute as text, or null when it is absent or no string.</summary>
    public string? Text(string key) => Attributes.GetValueOrDefault(key) as string;

    /// <summary>The attribute as an integer, or null when it is absent or no integer.</summary>
    public long? WholeNumber(string key) => Attributes.GetValueOrDefault(key) as long?;
}
