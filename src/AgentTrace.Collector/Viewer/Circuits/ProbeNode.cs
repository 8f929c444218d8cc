namespace AgentTrace.Collector.Viewer.Circuits;

/// <summary>What a node of a circuit did, as its span tells it. Figures that the span lacks, or that are no numbers, are 0.</summary>
public sealed record ProbeNode
{
    /// <summary>The span that tells it, 16 hex digits.</summary>
    public required string SpanId { get; init; }

    /// <summary><c>layer.site.index</c>.</summary>
    public required string Name { get; init; }

    /// <summary>0-based layer.</summary>
    public long Layer { get; init; }

    /// <summary>What it is a channel of, for example <c>mlp_neuron</c>.</summary>
    public required string Site { get; init; }

    /// <summary>0-based channel of its site.</summary>
    public long Index { get; init; }

    /// <summary>0-based token of those read at which it was farthest from its mean.</summary>
    public long Token { get; init; }

    /// <summary>Its activation at that token.</summary>
    public double Activation { get; init; }

    /// <summary>Its mean over the corpus.</summary>
    public double Mean { get; init; }

    /// <summary>By how much the two answers' logit difference falls without it.</summary>
    public double Contribution { get; init; }

    /// <summary>What fed it, the strongest first.</summary>
    public IReadOnlyList<ProbeFeed> FedBy { get; init; } = [];
}
