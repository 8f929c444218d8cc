using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Tasks;
using AgentTrace.Probe.Training;

namespace AgentTrace.Probe.Comparison;

/// <summary>What is compared: a dense and a weight-sparse model, trained on the same tokens, and the tasks that both are pruned on.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The dense model's training.</summary>
    public TrainingOptions Dense { get; init; } = new() { Steps = 2500, LearningRate = 4e-3 };

    /// <summary>The sparse model's training.</summary>
    public TrainingOptions Sparse { get; init; } = new() { Steps = 2500, LearningRate = 8e-3, Density = 1.0 / 96, EmbeddingDensity = 0.25 };

    /// <summary>Channels of the dense model's residual stream.</summary>
    public int DenseWidth { get; init; } = 112;

    /// <summary>Channels of the sparse model's residual stream.</summary>
    public int SparseWidth { get; init; } = 256;

    /// <summary>How both are pruned.</summary>
    public CircuitOptions Circuits { get; init; } = new() { MeasureImportances = false, Trials = [new()] };

    /// <summary>Names of built-in tasks; null for all.</summary>
    public IReadOnlyList<string>? Tasks { get; init; }

    /// <summary>Small enough for a minute: it shows that everything works, and its ratio says little.</summary>
    public static ComparisonOptions Quick { get; } = new()
    {
        Dense = new TrainingOptions { Steps = 300, BatchDocuments = 16, DocumentLength = 64, LearningRate = 8e-3 },
        Sparse = new TrainingOptions { Steps = 300, BatchDocuments = 16, DocumentLength = 64, LearningRate = 8e-3, Density = 0.125, EmbeddingDensity = 0.5 },
        DenseWidth = 32,
        SparseWidth = 64,
        Circuits = new CircuitOptions { MeasureImportances = false, TrainPairs = 64, TestPairs = 64, MeanDocuments = 64, Trials = [new MaskTrainingOptions { Steps = 60, BatchPairs = 16, LearningRate = 0.06 }] },
        Tasks = ["if_equals", "enumerate_range"],
    };

    /// <summary>The same with another seed for weights, documents and prompts.</summary>
    public ComparisonOptions WithSeed(int seed) => this with
    {
        Dense = Dense with { Seed = seed },
        Sparse = Sparse with { Seed = seed },
        Circuits = Circuits.WithSeed(seed),
    };

    internal ICircuitTask[] Chosen(CodeCorpus corpus)
    {
        return Tasks is null ? [.. CodeTasks.All(corpus)] : [.. Tasks.Distinct().Select(name => CodeTasks.Named(name, corpus))];
    }
}
