using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Tests;

/// <summary>Small models with random weights.</summary>
internal static class Models
{
    public static CodeCorpus Corpus { get; } = new();

    public static TransformerConfig SparseKind(int vocabulary = 24, int width = 16) => new()
    {
        BlockSize = 32, VocabSize = vocabulary, LayerCount = 2, Width = width, HeadSize = 8, PositionWidth = 4, SinusoidalPositions = true,
        Sink = true, BigramTable = true, LearnableBigramTable = true, RmsNorm = true, TiedUnembedding = false,
    };

    public static TransformerConfig Gpt2Kind(int vocabulary = 24) => new() { BlockSize = 32, VocabSize = vocabulary, LayerCount = 2, Width = 16, HeadCount = 2 };

    /// <summary>All weights random and large enough to matter, gains and biases too.</summary>
    public static Transformer Random(TransformerConfig config, int seed, double density = 1)
    {
        var model = new Transformer(config, seed);
        var random = new Random(seed + 1);
        foreach (Parameter parameter in model.Parameters)
            foreach (ref float value in parameter.Value.Values)
                value = random.NextDouble() < density || parameter.IsVector ? (float)((parameter.Name.Contains("ln_", StringComparison.Ordinal) ? 1 : 0) + ((random.NextDouble() - 0.5) * 0.8)) : 0;
        model.Refresh();
        return model;
    }
}
