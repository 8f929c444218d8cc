using AgentTrace.Probe.Corpora;

namespace AgentTrace.Probe.Tasks;

/// <summary>The built-in tasks on the corpus of Python-like code, after those of Gao et al. (2025).</summary>
public static class CodeTasks
{
    private static readonly (string Function, string Keyword) s_sorted = CodeWords.Keyworded[0], s_print = CodeWords.Keyworded[1];

    /// <summary>The task of that name.</summary>
    /// <exception cref="ArgumentException">There is none; the message says which there are.</exception>
    public static ICircuitTask Named(string name, CodeCorpus corpus)
    {
        IReadOnlyList<ICircuitTask> all = All(corpus);
        return all.FirstOrDefault(task => task.Name == name) ?? throw new ArgumentException($"There is no task {name}; there are {string.Join(", ", all.Select(task => task.Name))}.");
    }

    /// <summary>All of them, for a corpus.</summary>
    public static IReadOnlyList<ICircuitTask> All(CodeCorpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        Vocabulary words = corpus.Vocabulary;
        return
        [
            Task(words, "single_double_quote", "a string is closed by the quote that opened it", ("'", "\""), (w, first) =>
            {
                w.Put(w.Fresh('s'), "=", first ? "'" : "\"");
                w.Words(2 + w.Random.Next(5));
            }),
            Task(words, "bracket_counting", "a flat list is closed by ], a nested one by ]]", ("]", "]]"), (w, first) =>
            {
                w.Put(w.Fresh('l'), "=", "[");
                if (!first)
                    w.Put("[");
                w.Items(2 + w.Random.Next(4));
            }),
            Task(words, "set_or_string", "what was a set is added to with .add, what was a string with +=", (".", "+="), (w, first) =>
            {
                string name = w.Fresh('e');
                w.AssignEmpty(name, set: first);
                w.Put(name);
            }),
            Task(words, "while_return_true", "a while block ends with break, an if block with return", ("break", "return"), (w, first) =>
            {
                string name = w.Known(), number = w.Number();
                w.Put(first ? "while" : "if", name, first ? "<" : "==", number, ":", CodeWords.Line, CodeWords.Indent);
                w.Statement(2);
            }),
            Task(words, "if_equals", "a name after if is compared, a name that starts a line is assigned to", ("==", "="), (w, first) =>
            {
                string name = w.Fresh('n');
                if (first)
                    w.Put("if");
                w.Put(name);
            }),
            Task(words, "bracket_brace", "what [ opened is closed by ], what { opened by }", ("]", "}"), (w, first) =>
            {
                w.Put(w.Fresh('l'), "=", first ? "[" : "{");
                w.Items(2 + w.Random.Next(3));
            }),
            Task(words, "enumerate_range", "two loop variables enumerate, one counts a range", ("enumerate", "range"), (w, first) =>
            {
                w.Put("for", w.Fresh('n'));
                string second = w.Fresh('n');
                if (first)
                    w.Put(",", second);
                w.Put("in");
            }),
            Task(words, "final_kwarg", "the last keyword of a call is its function's own", (s_sorted.Keyword, s_print.Keyword), (w, first) =>
            {
                w.Put(first ? s_sorted.Function : s_print.Function, "(", w.Known());
                if (w.Random.Next(2) == 0)
                    w.Put(",", w.Known());
                w.Put(",");
            }),
        ];
    }

    private static PairedTask Task(Vocabulary words, string name, string description, (string First, string Second) candidates, Action<CodeWriter, bool> write) =>
        new(words, name, description, candidates, (random, first) =>
        {
            int statements = random.Next(3);
            var writer = new CodeWriter(words, random);
            writer.Put(CodeWords.Start);
            for (int i = 0; i < statements; i++)
                writer.Statement(2);
            write(writer, first);
            return writer.Tokens;
        });
}
