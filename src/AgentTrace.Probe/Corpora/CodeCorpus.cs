namespace AgentTrace.Probe.Corpora;

/// <summary>Documents of Python-like code: assignments, strings in either quote whose words depend on the two before, lists flat and nested, dicts, sets, blocks, calls.</summary>
/// <remarks>Rich enough that a bigger model is a better one: names are used again by what was put into them, and words follow in chains.</remarks>
public sealed class CodeCorpus : ICorpus
{
    /// <inheritdoc/>
    public Vocabulary Vocabulary { get; } = new(CodeWords.All);

    /// <inheritdoc/>
    public void Fill(Span<int> document, Random random)
    {
        var writer = new CodeWriter(Vocabulary, random);
        writer.Document(document.Length);
        for (int i = 0; i < document.Length; i++)
            document[i] = writer.Tokens[i];
    }
}
