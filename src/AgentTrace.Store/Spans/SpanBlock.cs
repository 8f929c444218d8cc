namespace AgentTrace.Store.Spans;

/// <summary>Spans of some traces, packed together, with what tells whether it is worth unpacking. Made by <see cref="SpanBlockBuilder"/>.</summary>
public sealed record SpanBlock
{
    /// <summary>Which traces lie where.</summary>
    public required IReadOnlyList<BlockEntry> Directory { get; init; }

    /// <summary>OTLP TracesData messages one after the other, packed by zstd.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Bytes unpacked.</summary>
    public required int RawBytes { get; init; }

    /// <summary>Spans in it.</summary>
    public required int Spans { get; init; }

    /// <summary>How many of them are in error.</summary>
    public required int Errors { get; init; }

    /// <summary>When its first span starts, nanoseconds since the Unix epoch.</summary>
    public required long MinStartUnixNano { get; init; }

    /// <summary>When its last span starts, nanoseconds since the Unix epoch.</summary>
    public required long MaxStartUnixNano { get; init; }

    /// <summary>How long its longest span takes, nanoseconds.</summary>
    public required long MaxDurationNano { get; init; }

    /// <summary>Which names and attributes occur in it, as <see cref="BlockFilter"/> reads it.</summary>
    public required ReadOnlyMemory<byte> Filter { get; init; }

    /// <summary>The kinds of spans in it.</summary>
    public required IReadOnlyCollection<ServiceOperation> Operations { get; init; }
}
