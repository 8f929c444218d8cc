using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Corpora;

/// <summary>Documents of Python-like code: assignments, strings in either quote whose words depend on the two before, lists flat and nested, dicts, sets, blocks, calls.</summary>
/// <remarks>Rich enough that a bigger model is a better one: names are used again by what was put into them, and words follow in chains.</remarks>
public sealed class CodeCorpus : ICorpus
{
    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; } = new(CodeWords.All);

    /// <summary>The shape of models of this corpus: two layers of the published weight-sparse kind, without sparse activations.</summary>
    /// <param name="width">Channels of the residual stream.</param>
    /// <param name="length">Most tokens of a document.</param>
    public TransformerConfig Shape(int width, int length = 64) => Shape(Vocabulary.Count, width, length);

    internal static TransformerConfig Shape(int words, int width, int length) => new()
    {
        BlockSize = length,
        VocabSize = words,
        LayerCount = 2,
        Width = width,
        HeadSize = 16,
        PositionWidth = 16,
        SinusoidalPositions = true,
        Sink = true,
        BigramTable = true,
        LearnableBigramTable = true,
        RmsNorm = true,
        TiedUnembedding = false,
    };

    /// <inheritdoc/>
    public void Fill(Span<int> document, Random random)
    {
        var writer = new CodeWriter(Vocabulary, random);
        writer.Document(document.Length);
        for (int i = 0; i < document.Length; i++)
            document[i] = writer.Tokens[i];
    }
}
