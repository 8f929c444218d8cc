using System.Diagnostics;
using System.Security.Cryptography;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;

namespace AgentTrace.Probe.Spans;

/// <summary>A model and a circuit of it, to be run on what agents say. May be called from several threads; they take turns.</summary>
public sealed class CircuitProbe
{
    // More than fills any model's block, and little enough to split at once.
    private const int MostCharacters = 1 << 16;

    private readonly Lock _lock = new();
    private readonly CircuitReader _reader;

    /// <summary>Creates the probe.</summary>
    /// <param name="model">The model.</param>
    /// <param name="circuit">A circuit that was found in it.</param>
    /// <param name="vocabulary">The words of its tokens.</param>
    /// <exception cref="ArgumentException">The circuit belongs to another model, or the vocabulary does.</exception>
    public CircuitProbe(Transformer model, Circuit circuit, Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (vocabulary.Count != model.Config.VocabSize)
            throw new ArgumentException($"The vocabulary has {vocabulary.Count} tokens, and the model {model.Config.VocabSize}. Give the vocabulary the model was trained with.", nameof(vocabulary));
        if (circuit.ModelHash != ModelFile.Hash(model))
            throw new ArgumentException($"The circuit was found in the model {circuit.ModelHash}, and this one is {ModelFile.Hash(model)}.", nameof(circuit));
        (Circuit, Vocabulary, _reader) = (circuit, vocabulary, new CircuitReader(model, circuit));
        using var written = new MemoryStream();
        CircuitFile.Write(circuit, written);
        CircuitHash = Convert.ToHexStringLower(SHA256.HashData(written.ToArray()))[..16];
    }

    /// <summary>Loads a probe from files.</summary>
    /// <param name="modelPath">The model's weights, <c>NAME.safetensors</c>, with <c>NAME.config.json</c> beside them.</param>
    /// <param name="circuitPath">The circuit's JSON.</param>
    /// <param name="vocabulary">The words of the model's tokens.</param>
    /// <exception cref="ModelFormatException">A file is missing, damaged, or belongs to another model; the message says which and what to do.</exception>
    public static CircuitProbe Load(string modelPath, string circuitPath, Vocabulary vocabulary)
    {
        Transformer model = ModelFile.Load(modelPath);
        return new CircuitProbe(model, CircuitFile.Load(circuitPath, model), vocabulary);
    }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The words of the model's tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>What identifies the circuit: the first 16 hexadecimal digits of the SHA-256 of its file.</summary>
    public string CircuitHash { get; }

    /// <summary>Most active nodes that get a span of their own; those of the greatest contribution do.</summary>
    public int MostNodeSpans { get; init; } = 32;

    /// <summary>Reads the end of a text, up to the last place where one of the circuit's two answers stands.</summary>
    /// <param name="text">Tokens of the vocabulary, separated by white space; of more than 65,536 characters the last are read.</param>
    /// <param name="open">Read to the very end: it is a prompt, and what would come next is asked.</param>
    /// <exception cref="ArgumentException">There is no token in it, or a word that is none.</exception>
    public CircuitReading Read(string text, bool open = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] tokens = Vocabulary.Encode(text.Length <= MostCharacters ? text : Tail(text));
        lock (_lock)
            return _reader.Read(tokens, open);
    }

    /// <summary>Reads the end of a text and writes what the circuit did as spans: <c>probe {task}</c>, and under it one for each active node.</summary>
    /// <param name="text">As for <see cref="Read"/>, not open.</param>
    /// <param name="parent">The span they belong under, an agent's turn.</param>
    /// <returns>What was read; null when nobody listens to the source <c>AgentTrace.Probe</c>, and then nothing is.</returns>
    /// <exception cref="ArgumentException">There is no token in it, or a word that is none.</exception>
    public CircuitReading? Emit(string text, ActivityContext parent) => Emit(text, parent, dropped: 0);

    internal CircuitReading? Emit(string text, ActivityContext parent, long dropped)
    {
        if (!ProbeSpans.HasListeners)
            return null;
        DateTime start = DateTime.UtcNow;
        CircuitReading reading = Read(text);
        ProbeSpans.Write(this, reading, parent, start, dropped);
        return reading;
    }

    // From a word's start on.
    private static string Tail(string text)
    {
        string tail = text[^MostCharacters..];
        int space = 0;
        while (space < tail.Length && !char.IsWhiteSpace(tail[space]))
            space++;
        return tail[space..];
    }
}
