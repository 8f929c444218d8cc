using AgentTrace.Conventions;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Corpora.Runs;

/// <summary>The runs of agents as a corpus: documents of events, in the words of <see cref="RunEventWords"/>.</summary>
/// <remarks>A document is as many runs as it takes, one after another; it begins in the middle of one, so that long runs are learned to their ends.</remarks>
public sealed class RunCorpus : ICorpus
{
    private readonly int[][] _runs;

    /// <summary>Creates the corpus.</summary>
    /// <param name="runs">The events of each run, from its start to its end.</param>
    /// <exception cref="ArgumentException">There is no run, one is empty, or a word is none of <see cref="RunEventWords.All"/>.</exception>
    public RunCorpus(IEnumerable<IReadOnlyList<string>> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        _runs = [.. runs.Select(run => run.Select(word => Words[word]).ToArray())];
        if (_runs.Length == 0 || _runs.Any(run => run.Length == 0))
            throw new ArgumentException($"There are {_runs.Length} runs, {_runs.Count(run => run.Length == 0)} of them without events. Give at least one run, and none that is empty.", nameof(runs));
    }

    /// <summary>Made-up runs of a team with good habits.</summary>
    /// <param name="runs">How many.</param>
    /// <param name="seed">Which.</param>
    public static RunCorpus Synthetic(int runs = 4000, int seed = 0)
    {
        var random = new Random(seed);
        return new RunCorpus(Enumerable.Range(0, runs).Select(_ => SyntheticRun.Healthy(random).Words));
    }

    /// <summary>The words, by token.</summary>
    public static Vocabulary Words { get; } = new(RunEventWords.All);

    /// <inheritdoc/>
    public Vocabulary Vocabulary => Words;

    /// <summary>Number of runs.</summary>
    public int Count => _runs.Length;

    /// <summary>The shape of models of runs: two layers of the published weight-sparse kind, without sparse activations.</summary>
    /// <param name="width">Channels of the residual stream.</param>
    /// <param name="length">Most tokens of a document.</param>
    public static TransformerConfig Shape(int width, int length = 64) => CodeCorpus.Shape(Words.Count, width, length) with { Corpus = RunEventWords.Name };

    /// <inheritdoc/>
    public void Fill(Span<int> document, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int[] run = _runs[random.Next(_runs.Length)];
        int from = random.Next(2) == 0 ? 0 : random.Next(run.Length);
        while (document.Length > 0)
        {
            int count = Math.Min(document.Length, run.Length - from);
            run.AsSpan(from, count).CopyTo(document);
            document = document[count..];
            (run, from) = (_runs[random.Next(_runs.Length)], 0);
        }
    }
}
