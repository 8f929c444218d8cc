namespace AgentTrace.Probe.Corpora;

/// <summary>A corpus: documents of token ids, any number of them, the same for the same seed.</summary>
public interface ICorpus
{
    /// <summary>The tokens.</summary>
    Vocabulary Vocabulary { get; }

    /// <summary>Fills a document.</summary>
    /// <param name="document">Filled to its end with tokens of one document.</param>
    /// <param name="random">Where its randomness comes from.</param>
    void Fill(Span<int> document, Random random);
}
