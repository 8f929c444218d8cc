namespace AgentTrace.Collector.Viewer.Circuits;

/// <summary>What a probe read in one turn, as its span tells it. What the span lacks is null.</summary>
public sealed record ProbeReading
{
    /// <summary>The probe's span, 16 hex digits.</summary>
    public required string SpanId { get; init; }

    /// <summary>The turn's span; null where the probe has none above it.</summary>
    public string? TurnSpanId { get; init; }

    /// <summary>Who spoke in that turn, where that is known.</summary>
    public string? Agent { get; init; }

    /// <summary>What the circuit does, for example <c>single_double_quote</c>.</summary>
    public required string Task { get; init; }

    /// <summary>The answer the circuit holds for the likelier one.</summary>
    public string? Prediction { get; init; }

    /// <summary>Probability of that, 0.5..1.</summary>
    public double? Probability { get; init; }

    /// <summary>The answer in the text.</summary>
    public string? Answer { get; init; }

    /// <summary>Cross-entropy of that, nats.</summary>
    public double? Loss { get; init; }

    /// <summary>By how many nats the loss is above what the circuit expected to lose.</summary>
    public double? Surprise { get; init; }

    /// <summary>Nodes of the whole circuit.</summary>
    public long? CircuitNodes { get; init; }

    /// <summary>Edges of the whole circuit.</summary>
    public long? CircuitEdges { get; init; }

    /// <summary>What identifies the circuit.</summary>
    public string? CircuitHash { get; init; }

    /// <summary>What identifies the model's weights.</summary>
    public string? ModelHash { get; init; }

    /// <summary>Active nodes that got no span.</summary>
    public long NotShown { get; init; }

    /// <summary>Texts that were dropped before this one because the queue was full.</summary>
    public long Dropped { get; init; }

    /// <summary>The active nodes, the greatest contribution first; empty in a list of readings.</summary>
    public IReadOnlyList<ProbeNode> Nodes { get; init; } = [];
}
