using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Training;

/// <summary>Refuses options that make no training.</summary>
internal static class TrainingCheck
{
    public static TrainingOptions Checked(TrainingOptions options, TransformerConfig config, ICorpus corpus, int batchStep)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(config);
        if (options.Steps < 1)
            throw Bad(nameof(options.Steps), options.Steps, "at least 1");
        if (options.BatchDocuments < 1 || options.BatchDocuments % batchStep != 0)
            throw Bad(nameof(options.BatchDocuments), options.BatchDocuments, $"a multiple of {batchStep}");
        if (options.DocumentLength < 1 || options.DocumentLength % Activations.LengthStep != 0 || options.DocumentLength > config.BlockSize)
            throw Bad(nameof(options.DocumentLength), options.DocumentLength, $"a multiple of {Activations.LengthStep} up to the model's block_size ({config.BlockSize})");
        if (!(options.Density is > 0 and <= 1))
            throw Bad(nameof(options.Density), options.Density, "above 0, at most 1");
        if (options.EmbeddingDensity is { } embedding && !(embedding is > 0 and <= 1))
            throw Bad(nameof(options.EmbeddingDensity), embedding, "above 0, at most 1");
        if (!(options.LearningRate is > 0 and < 10))
            throw Bad(nameof(options.LearningRate), options.LearningRate, "above 0, below 10");
        if (!(options.AnnealedAt > options.WarmUp && options.WarmUp > 0 && options.AnnealedAt <= 1))
            throw Bad(nameof(options.AnnealedAt), options.AnnealedAt, $"above {nameof(options.WarmUp)} ({options.WarmUp}, itself above 0), at most 1");
        if (corpus.Vocabulary.Count != config.VocabSize)
            throw Bad("the model's vocab_size", config.VocabSize, $"that of the corpus ({corpus.Vocabulary.Count})");
        return options;
    }

    private static ArgumentException Bad(string name, object value, string allowed) => new($"{name} is {value}; allowed: {allowed}.");
}
