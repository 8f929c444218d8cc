namespace AgentTrace.Probe.Circuits;

/// <summary>How circuits are found.</summary>
public sealed record CircuitOptions
{
    /// <summary>Calibrated loss that a circuit must reach, in nats.</summary>
    public double TargetLoss { get; init; } = 0.15;

    /// <summary>Pairs of prompts that masks and calibration are fitted to.</summary>
    public int TrainPairs { get; init; } = 256;

    /// <summary>Pairs of prompts that decide what may be dropped.</summary>
    public int TestPairs { get; init; } = 256;

    /// <summary>Documents over which node means are taken.</summary>
    public int MeanDocuments { get; init; } = 512;

    /// <summary>How masks are trained, one entry a trial; the smallest circuit of all trials counts.</summary>
    public IReadOnlyList<MaskTrainingOptions> Trials { get; init; } = [new(), new() { LearningRate = 0.02, Seed = 1 }, new() { Steering = 0.02, Seed = 2 }];

    /// <summary>Whether single nodes are dropped in the end, as long as the target is kept.</summary>
    public bool CleanUp { get; init; } = true;

    /// <summary>Whether the importance of each node and edge is measured in the end.</summary>
    public bool MeasureImportances { get; init; } = true;

    /// <summary>Seed of the prompts.</summary>
    public int Seed { get; init; }

    /// <summary>The same with other prompts and another order of them in every trial.</summary>
    public CircuitOptions WithSeed(int seed) => this with { Seed = seed, Trials = [.. Trials.Select(trial => trial with { Seed = trial.Seed + (1000 * seed) })] };
}
