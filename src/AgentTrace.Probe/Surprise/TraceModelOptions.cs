namespace AgentTrace.Probe.Surprise;

/// <summary>How a trace model is trained.</summary>
public sealed record TraceModelOptions
{
    /// <summary>Channels of the residual stream.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Share of each weight matrix that stays nonzero, 0..1; 1 trains a dense model.</summary>
    public double Density { get; init; } = 1.0 / 16;

    /// <summary>Most steps of training; fewer where that is better for runs left out.</summary>
    public int MostSteps { get; init; } = 800;

    /// <summary>Share of the runs left out while the number of steps is chosen, 0..1.</summary>
    public double LeftOut { get; init; } = 0.2;

    /// <summary>Seed of weights, documents and of which runs are left out.</summary>
    public int Seed { get; init; }
}
