using AgentTrace.Attribution.Runs.Spans;
using AgentTrace.Collector.Otlp;

namespace AgentTrace.Collector.Runs;

/// <summary>One span as a run keeps it: its place in the tree, and of an agent span its own bytes, which are decoded once the run is complete.</summary>
/// <remarks>The bytes belong to whoever gathered the span: a run that takes it over copies them.</remarks>
internal readonly struct GatheredSpan
{
    /// <summary>What a span costs in memory besides its bytes: this struct.</summary>
    public const int Overhead = 96;

    public required TraceId TraceId { get; init; }

    public required ulong SpanId { get; init; }

    /// <summary>0 for a root.</summary>
    public ulong ParentId { get; init; }

    public ulong StartTimeUnixNano { get; init; }

    public ulong EndTimeUnixNano { get; init; }

    public SpanStatus Status { get; init; }

    /// <summary>True for a span that speaks of agents, models or tools.</summary>
    public bool IsAgent { get; init; }

    /// <summary>True for a root and for a workflow, which is the outermost span where the root is another service's.</summary>
    public bool EndsRun { get; init; }

    /// <summary>The span's own message; empty for a span of which only the place counts.</summary>
    public ReadOnlyMemory<byte> Message { get; init; }

    /// <summary>The service that sent an agent span.</summary>
    public SpanService? Service { get; init; }

    public bool IsRoot => ParentId == 0;

    public int Bytes => Overhead + Message.Length;

    /// <summary>The span as attribution reads it.</summary>
    public AgentSpan Decode()
    {
        if (!Message.IsEmpty)
        {
            SpanHeader header = SpanHeaderReader.Read(Message.Span, 0);
            header.IsAgent = IsAgent;
            return AgentSpanDecoder.Decode(in header, Service);
        }

        return new AgentSpan
        {
            TraceId = TraceId.ToString(),
            SpanId = Hex(SpanId),
            ParentSpanId = IsRoot ? null : Hex(ParentId),
            Name = "",
            StartTimeUnixNano = StartTimeUnixNano,
            EndTimeUnixNano = EndTimeUnixNano,
            Status = Status,
        };
    }

    private static string Hex(ulong id) => id.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
