using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Training;

/// <summary>How a model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>Number of steps.</summary>
    public int Steps { get; init; } = 4000;

    /// <summary>Documents of one step.</summary>
    public int BatchDocuments { get; init; } = 32;

    /// <summary>Tokens of a document that are predicted; a multiple of 16.</summary>
    public int DocumentLength { get; init; } = 64;

    /// <summary>Share of each weight matrix that stays nonzero, 0..1; 1 trains a dense model.</summary>
    public double Density { get; init; } = 1;

    /// <summary>The same share for embedding and unembedding; null for that of the other matrices.</summary>
    public double? EmbeddingDensity { get; init; }

    /// <summary>Highest learning rate. With a density below 1 it is divided by the root of the density of the moment.</summary>
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>Share of the steps over which the rate rises to its highest; after that it falls to 0 in a line.</summary>
    public double WarmUp { get; init; } = 0.01;

    /// <summary>Share of the steps at which the density has come down to <see cref="Density"/>; it falls exponentially.</summary>
    public double AnnealedAt { get; init; } = 0.5;

    /// <summary>Decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.1;

    /// <summary>Adam's coefficients; null for <see cref="AdamOptions.Dense"/> or <see cref="AdamOptions.Sparse"/>, by the density.</summary>
    public AdamOptions? Adam { get; init; }

    /// <summary>Seed of weights and documents.</summary>
    public int Seed { get; init; }

    /// <summary>Whether weights are kept sparse.</summary>
    public bool IsSparse => Density < 1;
}
