using AgentTrace.Probe.Corpora;

namespace AgentTrace.Probe.Tasks;

/// <summary>A task on a built-in corpus: something that came before, then the same beginning in two variants.</summary>
internal sealed class PairedTask : ICircuitTask
{
    /// <summary>Longest prompt, in tokens.</summary>
    public const int MostTokens = 32;

    private readonly (int First, int Second) _candidates;
    private readonly Func<Random, bool, IReadOnlyList<int>> _write;

    /// <param name="vocabulary">The corpus' tokens.</param>
    /// <param name="name">The task's name.</param>
    /// <param name="description">What decides the answer.</param>
    /// <param name="candidates">The two next tokens.</param>
    /// <param name="write">Writes a prompt; true for the variant that the first candidate ends.</param>
    public PairedTask(Vocabulary vocabulary, string name, string description, (string First, string Second) candidates, Func<Random, bool, IReadOnlyList<int>> write) =>
        (Name, Description, _candidates, _write) = (name, description, (vocabulary[candidates.First], vocabulary[candidates.Second]), write);

    public string Name { get; }

    public string Description { get; }

    public (TaskPrompt First, TaskPrompt Second) Pair(Random random)
    {
        while (true)
        {
            // The same seed twice: the two differ only in what the variant changes.
            int seed = random.Next();
            IReadOnlyList<int> first = _write(new Random(seed), true), second = _write(new Random(seed), false);
            if (first.Count <= MostTokens && second.Count <= MostTokens)
                return (Prompt(first, true), Prompt(second, false));
        }
    }

    private TaskPrompt Prompt(IReadOnlyList<int> tokens, bool first) => new(tokens, _candidates.First, _candidates.Second, first);
}
