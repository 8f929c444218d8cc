namespace AgentTrace.Probe.Circuits.Reading;

/// <summary>What a circuit said about a prompt, and which of its nodes said it.</summary>
public sealed record CircuitReading
{
    /// <summary>The tokens it read: the last of the text that fit into the model.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>The token that followed in the text; null where the text has none of the two answers.</summary>
    public required int? Answer { get; init; }

    /// <summary>Logit of the first answer minus that of the second.</summary>
    public required double Difference { get; init; }

    /// <summary>The answer that the circuit holds for the likelier one.</summary>
    public required int Prediction { get; init; }

    /// <summary>Calibrated probability of that, 0.5..1.</summary>
    public required double Probability { get; init; }

    /// <summary>Cross-entropy of the answer in the text, nats; null without one.</summary>
    public required double? Loss { get; init; }

    /// <summary>By how many nats the loss is above what the circuit expected, the entropy of its prediction: 0 on average where it is calibrated, high where it was sure and wrong.</summary>
    public required double? Surprise { get; init; }

    /// <summary>All nodes of the circuit, the greatest contribution first.</summary>
    public required IReadOnlyList<NodeReading> Nodes { get; init; }
}
