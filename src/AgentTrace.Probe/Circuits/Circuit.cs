namespace AgentTrace.Probe.Circuits;

/// <summary>The smallest part of a model that was found to do a task.</summary>
public sealed record Circuit
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The token whose logit speaks for the task's first answer.</summary>
    public required int First { get; init; }

    /// <summary>The token whose logit speaks for the other answer.</summary>
    public required int Second { get; init; }

    /// <summary>Mean activation of every node of the model over the corpus, by layers, sites, channels: what ablated nodes are replaced by.</summary>
    public required IReadOnlyList<float> Means { get; init; }

    /// <summary>The nodes kept.</summary>
    public required IReadOnlyList<CircuitNode> Nodes { get; init; }

    /// <summary>Mean activation of each node over the corpus, by which it is replaced when it is ablated; in the order of <see cref="Nodes"/>.</summary>
    public required IReadOnlyList<float> NodeMeans { get; init; }

    /// <summary>Rise of the loss in nats when the node is ablated within the circuit, in the order of <see cref="Nodes"/>; empty when not measured.</summary>
    public IReadOnlyList<double> NodeImportances { get; init; } = [];

    /// <summary>The nonzero weights between them: the circuit's size.</summary>
    public required IReadOnlyList<CircuitEdge> Edges { get; init; }

    /// <summary>Rise of the loss in nats when the edge is cut, in the order of <see cref="Edges"/>; empty when not measured.</summary>
    public IReadOnlyList<double> EdgeImportances { get; init; } = [];

    /// <summary>The calibrated loss that was asked for, in nats.</summary>
    public required double TargetLoss { get; init; }

    /// <summary>What identifies the model's weights: <see cref="Model.Files.ModelFile.Hash"/>.</summary>
    public required string ModelHash { get; init; }

    /// <summary>Its score on the prompts that decided what was dropped.</summary>
    public required CircuitScore Score { get; init; }

    /// <summary>Its score on prompts that nothing was decided by.</summary>
    public required CircuitScore HeldOut { get; init; }

    /// <summary>What turns its logit differences into probabilities.</summary>
    public required Calibration Calibration { get; init; }

    /// <summary>Score of the whole model.</summary>
    public required CircuitScore WholeModel { get; init; }

    /// <summary>Score of the whole model with the circuit's nodes ablated and all others kept: near chance when the circuit is what does the task.</summary>
    public required CircuitScore WithoutCircuit { get; init; }

    /// <summary>Edges before single nodes were dropped.</summary>
    public required int EdgesBeforeCleanUp { get; init; }
}
