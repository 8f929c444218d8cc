using AgentTrace.Probe.Corpora;

namespace AgentTrace.Probe.Tasks;

/// <summary>A task on the built-in corpus: some statements, then the same beginning of a statement in two variants.</summary>
internal sealed class CodeTask : ICircuitTask
{
    private readonly Vocabulary _vocabulary;
    private readonly (string First, string Second) _candidates;
    private readonly Action<CodeWriter, bool> _write;

    /// <param name="vocabulary">The corpus' tokens.</param>
    /// <param name="name">The task's name.</param>
    /// <param name="description">What decides the answer.</param>
    /// <param name="candidates">The two next tokens.</param>
    /// <param name="write">Writes the beginning; true for the variant that the first candidate ends.</param>
    public CodeTask(Vocabulary vocabulary, string name, string description, (string First, string Second) candidates, Action<CodeWriter, bool> write) =>
        (_vocabulary, Name, Description, _candidates, _write) = (vocabulary, name, description, candidates, write);

    /// <summary>Longest prompt, in tokens.</summary>
    public const int MostTokens = 32;

    public string Name { get; }

    public string Description { get; }

    public (TaskPrompt First, TaskPrompt Second) Pair(Random random)
    {
        while (true)
        {
            int seed = random.Next(), statements = random.Next(3);
            int[] first = Write(seed, statements, true), second = Write(seed, statements, false);
            if (first.Length <= MostTokens && second.Length <= MostTokens)
                return (Prompt(first, true), Prompt(second, false));
        }
    }

    // The same seed twice: the two differ only in what the variant changes.
    private int[] Write(int seed, int statements, bool first)
    {
        var writer = new CodeWriter(_vocabulary, new Random(seed));
        writer.Put(CodeWords.Start);
        for (int i = 0; i < statements; i++)
            writer.Statement(2);
        _write(writer, first);
        return [.. writer.Tokens];
    }

    private TaskPrompt Prompt(int[] tokens, bool first) => new(tokens, _vocabulary[_candidates.First], _vocabulary[_candidates.Second], first);
}
