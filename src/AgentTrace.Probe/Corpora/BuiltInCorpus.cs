using AgentTrace.Conventions;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Corpora;

/// <summary>The corpora that models of ours were trained on, as their configurations name them.</summary>
public static class BuiltInCorpus
{
    /// <summary>The corpus of a model: for one of runs, made-up runs.</summary>
    /// <exception cref="ArgumentException">The model reads other tokens than those of a built-in corpus.</exception>
    public static ICorpus Of(TransformerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        ICorpus corpus = config.Corpus switch
        {
            null => new CodeCorpus(),
            RunEventWords.Name => RunCorpus.Synthetic(),
            _ => throw new ArgumentException($"the model reads the tokens of \"{config.Corpus}\", and the built-in corpora are code (null) and {RunEventWords.Name}", nameof(config)),
        };
        return corpus.Vocabulary.Count == config.VocabSize
            ? corpus
            : throw new ArgumentException($"the model has {config.VocabSize} tokens, and the built-in corpus {corpus.Vocabulary.Count}", nameof(config));
    }

    /// <summary>The built-in tasks on a built-in corpus.</summary>
    public static IReadOnlyList<ICircuitTask> TasksOf(ICorpus corpus) => corpus is CodeCorpus code ? CodeTasks.All(code) : RunTasks.All;
}
