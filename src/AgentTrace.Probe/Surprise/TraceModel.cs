using AgentTrace.Conventions;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Probe.Surprise;

/// <summary>A model of how a system's runs go, trained on a <see cref="RunCorpus"/>. May be used from several threads; they take turns.</summary>
public sealed class TraceModel
{
    private readonly Lock _lock = new();
    private readonly SurpriseReader _reader;

    /// <summary>Creates the trace model.</summary>
    /// <exception cref="ArgumentException">The model was trained on something else than the events of runs.</exception>
    public TraceModel(Transformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Config.Corpus != RunEventWords.Name || model.Config.VocabSize != RunCorpus.Words.Count)
            throw new ArgumentException(
                $"The model reads {model.Config.Corpus ?? "code"} ({model.Config.VocabSize} tokens), and not the events of runs ({RunEventWords.Name}, {RunCorpus.Words.Count} tokens). Train one on runs.", nameof(model));
        (Model, Id, _reader) = (model, ModelFile.Hash(model), new SurpriseReader(model));
    }

    /// <summary>Loads a trace model.</summary>
    /// <param name="path">The weights, <c>NAME.safetensors</c>, with <c>NAME.config.json</c> beside them.</param>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or holds another kind of model.</exception>
    public static TraceModel Load(string path)
    {
        Transformer model = ModelFile.Load(path);
        try
        {
            return new TraceModel(model);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException($"{path}: {e.Message.Split(" (Parameter '")[0]}", e);
        }
    }

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>What identifies its weights.</summary>
    public string Id { get; }

    /// <summary>Says how unexpected each event of a run is.</summary>
    /// <param name="words">The run's events, from its start on: words of <see cref="RunEventWords.All"/>.</param>
    /// <returns>As many as there are words.</returns>
    /// <exception cref="ArgumentException">A word is none of them.</exception>
    public TokenSurprise[] Read(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        int[] tokens = [.. words.Select(word => RunCorpus.Words[word])];
        lock (_lock)
            return _reader.Read(tokens);
    }
}
