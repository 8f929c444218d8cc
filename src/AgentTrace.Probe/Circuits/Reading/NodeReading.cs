namespace AgentTrace.Probe.Circuits.Reading;

/// <summary>What a node of a circuit did while a prompt was read.</summary>
public sealed record NodeReading
{
    /// <summary>The node.</summary>
    public required CircuitNode Node { get; init; }

    /// <summary>0-based token of the prompt at which it was farthest from its mean.</summary>
    public required int Token { get; init; }

    /// <summary>Its activation there.</summary>
    public required float Activation { get; init; }

    /// <summary>Its mean over the corpus.</summary>
    public required float Mean { get; init; }

    /// <summary>By how much the difference of the two answers' logits falls, towards the second answer, when the node is ablated.</summary>
    public required double Contribution { get; init; }

    /// <summary>What fed it at that token, the strongest first.</summary>
    public required IReadOnlyList<NodeFeed> FedBy { get; init; }

    /// <summary>What the token's own embedding put into it; 0 for a node that reads no residual channel.</summary>
    public required double FromToken { get; init; }

    /// <summary>What it adds to the difference of the two answers' logits by itself; 0 for a node that writes no residual channel.</summary>
    public required double ToLogits { get; init; }
}
