using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Query.Spans;

/// <summary>A span as searches look at it and other tools' APIs show it. Attribute values are string, bool, long, double, byte[], object?[] or a dictionary.</summary>
internal sealed record StoredSpan
{
    public const int Error = 2;

    private static readonly string[] Kinds = ["unspecified", "internal", "server", "client", "producer", "consumer"];

    public required TraceId TraceId { get; init; }

    /// <summary>16 hex digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>16 hex digits; null for a root.</summary>
    public string? ParentSpanId { get; init; }

    public string TraceState { get; init; } = "";

    public required string Name { get; init; }

    /// <summary>OTLP's number.</summary>
    public int Kind { get; init; }

    public ulong StartTimeUnixNano { get; init; }

    public ulong EndTimeUnixNano { get; init; }

    /// <summary>0 unset, 1 ok, 2 error.</summary>
    public int Status { get; init; }

    public string StatusMessage { get; init; } = "";

    public required IReadOnlyDictionary<string, object?> Attributes { get; init; }

    public IReadOnlyList<StoredEvent> Events { get; init; } = [];

    public IReadOnlyList<StoredLink> Links { get; init; } = [];

    public required StoredResource Resource { get; init; }

    /// <summary>A clock that went back must not make it negative.</summary>
    public ulong DurationNano => EndTimeUnixNano > StartTimeUnixNano ? EndTimeUnixNano - StartTimeUnixNano : 0;

    /// <summary>The kind in words.</summary>
    public string KindName => KindNameOf(Kind);

    public static string KindNameOf(int kind) => kind >= 0 && kind < Kinds.Length ? Kinds[kind] : Kinds[0];
}
