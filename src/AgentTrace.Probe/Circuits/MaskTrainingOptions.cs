namespace AgentTrace.Probe.Circuits;

/// <summary>How node masks are trained.</summary>
public sealed record MaskTrainingOptions
{
    /// <summary>Steps of one trial.</summary>
    public int Steps { get; init; } = 500;

    /// <summary>Pairs of prompts of one step.</summary>
    public int BatchPairs { get; init; } = 16;

    /// <summary>Highest learning rate of the masks' variables, which lie in -1..1; it falls to a tenth.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>Temperature of the sigmoid whose slope stands in for that of the step function.</summary>
    public double Temperature { get; init; } = 0.5;

    /// <summary>Where the masks' variables start.</summary>
    public double Start { get; init; } = 0.5;

    /// <summary>What keeping a node costs at first, in nats.</summary>
    public double Price { get; init; } = 1e-4;

    /// <summary>How fast the price of a node is steered so that the loss stays at its target, each step.</summary>
    public double Steering { get; init; } = 0.05;

    /// <summary>Seed of the order of prompts.</summary>
    public int Seed { get; init; }
}
