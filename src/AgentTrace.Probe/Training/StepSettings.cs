namespace AgentTrace.Probe.Training;

/// <summary>What changes from step to step.</summary>
internal readonly record struct StepSettings
{
    /// <summary>1-based.</summary>
    public int Step { get; init; }

    public float Rate { get; init; }

    /// <summary>Share of the weights that stay.</summary>
    public double Density { get; init; }

    /// <summary>Share of the embeddings that stay.</summary>
    public double EmbeddingDensity { get; init; }

    /// <summary>What gradients are multiplied by.</summary>
    public float GradientScale { get; init; }

    public static StepSettings At(TrainingOptions options, int step)
    {
        double done = (step - 1.0) / options.Steps;
        double density = Annealed(options.Density, done, options);
        double pace = done < options.WarmUp ? (step / (options.Steps * options.WarmUp)) : (1 - done) / (1 - options.WarmUp);
        return new StepSettings
        {
            Step = step,
            Rate = (float)(options.LearningRate * Math.Min(1, pace) / Math.Sqrt(density)),
            Density = density,
            EmbeddingDensity = Annealed(options.EmbeddingDensity ?? options.Density, done, options),
        };
    }

    // Exponentially from 1 at the end of the warm-up.
    private static double Annealed(double target, double done, TrainingOptions options) =>
        Math.Pow(target, Math.Clamp((done - options.WarmUp) / (options.AnnealedAt - options.WarmUp), 0, 1));
}
