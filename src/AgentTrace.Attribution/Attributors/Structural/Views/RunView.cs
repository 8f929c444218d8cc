using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A run as signals see it: every text is read once, into rented memory.</summary>
internal sealed class RunView : IDisposable
{
    private readonly IntList _words = new(4096);
    private readonly IntList _facts = new(1024);
    private readonly int[] _wordEnds;
    private readonly int[] _factEnds;
    private readonly Dictionary<string, int> _agents = new(StringComparer.OrdinalIgnoreCase);
    private readonly Marks _marks;
    private ToolFailure[]? _toolFailures;
    private StepView?[]? _producers;

    public RunView(AgentRun run)
    {
        Run = run;
        Steps = new StepView[run.Steps.Count];
        Table = new WordTable(run.Steps.Sum(step => (long)step.Output.Length));
        _wordEnds = new int[Steps.Length + 1];
        _factEnds = new int[Steps.Length + 1];
        ReadTask(run.Task ?? "");
        for (int i = 0; i < Steps.Length; i++)
        {
            StepView step = Steps[i] = new StepView(run.Steps[i], run.Task);
            step.WordCount = Table.Read(step.Text.Head, i, WordTable.MostWords, _words, _facts);
            step.WordCount += Table.Read(step.Text.Tail, i, WordTable.MostWords - step.WordCount, _words, _facts);
            (_wordEnds[i + 1], _factEnds[i + 1]) = (_words.Count, _facts.Count);
            HasContent |= step.Text.Length > 0;
            if (!_agents.TryGetValue(step.Agent, out int agent))
                _agents[step.Agent] = agent = _agents.Count;
            step.AgentNumber = agent;
        }

        _marks = new Marks(Table.Count);
        MarkExecutors();
    }

    public AgentRun Run { get; }

    public StepView[] Steps { get; }

    public WordTable Table { get; }

    public int AgentCount => _agents.Count;

    /// <summary>Whether content was captured: without it an empty output says nothing.</summary>
    public bool HasContent { get; }

    /// <summary>The failed tool calls that no later call made good.</summary>
    public IReadOnlyList<ToolFailure> ToolFailures => _toolFailures ??= ToolFailure.Unrecovered(this);

    /// <summary>The step's words, each once, as numbers of <see cref="Table"/>.</summary>
    public ReadOnlySpan<int> WordsOf(StepView step) => _words.Span[_wordEnds[step.Index].._wordEnds[step.Index + 1]];

    /// <summary>The step's numbers and names, each once, as numbers of <see cref="Table"/>.</summary>
    public ReadOnlySpan<int> FactsOf(StepView step) => _facts.Span[_factEnds[step.Index].._factEnds[step.Index + 1]];

    /// <summary>Words that both steps have over words that either has, 0..1; 0 for two empty texts, and for two that cannot reach <paramref name="least"/>.</summary>
    public double Likeness(StepView one, StepView other, double least = 0)
    {
        ReadOnlySpan<int> words = WordsOf(one), others = WordsOf(other);
        int longer = Math.Max(words.Length, others.Length);
        // Not even if the shorter stood in the longer as a whole.
        if (longer == 0 || Math.Min(words.Length, others.Length) < least * longer)
            return 0;
        _marks.Set(one.Index, words);
        int shared = _marks.CountIn(others);
        return (double)shared / (words.Length + others.Length - shared);
    }

    /// <summary>How many of one step's facts the other has.</summary>
    public int SharedFacts(StepView one, StepView other)
    {
        _marks.Set(Steps.Length + one.Index, FactsOf(one));
        return _marks.CountIn(FactsOf(other));
    }

    /// <summary>
    /// The earliest step before <paramref name="before"/>, of those in <paramref name="among"/> where given, that holds a name or number of a text
    /// which neither the task nor the step itself brings in; -1 where there is none.
    /// </summary>
    public int FirstStepWithFact(string text, int before, IReadOnlySet<int>? among)
    {
        using IntList words = new(64);
        using IntList facts = new(16);
        // A step number of its own, so that words stand in no step because they were looked up.
        Table.Read(new BoundedText(text).Head, int.MaxValue - before, WordTable.MostWords, words, facts);
        int earliest = -1;
        foreach (int fact in facts.Span)
        {
            int step = Table.FirstStepOf(fact);
            if (step >= 0 && step < before && (earliest < 0 || step < earliest) && (among is null || among.Contains(step)))
                earliest = step;
        }

        return earliest;
    }

    /// <summary>The agent's number; -1 for a name that takes no step.</summary>
    public int AgentNumber(string? name) => name is not null && _agents.TryGetValue(name, out int agent) ? agent : -1;

    /// <summary>The step that wrote what an execution report is about: the nearest earlier step with code or a tool call by another agent.</summary>
    public StepView? ProducerOf(StepView report) => (_producers ??= FindProducers())[report.Index];

    public static bool SameAgent(StepView one, StepView other) => one.AgentNumber == other.AgentNumber;

    public void Dispose()
    {
        _words.Dispose();
        _facts.Dispose();
        _marks.Dispose();
        Table.Dispose();
    }

    // The task's words are known to all: no step brings them in.
    private void ReadTask(string task)
    {
        BoundedText text = new(task);
        using IntList words = new(256);
        using IntList facts = new(64);
        int read = Table.Read(text.Head, WordTable.Task, WordTable.MostWords, words, facts);
        Table.Read(text.Tail, WordTable.Task, WordTable.MostWords - read, words, facts);
    }

    private StepView?[] FindProducers()
    {
        var producers = new StepView?[Steps.Length];
        StepView? latest = null, latestOfAnother = null;
        foreach (StepView step in Steps)
        {
            producers[step.Index] = latest is null || !SameAgent(latest, step) ? latest : latestOfAnother;
            if (step.IsExecutor || (!step.HasCode && step.Step.ToolCalls.Count == 0))
                continue;
            if (latest is not null && !SameAgent(latest, step))
                latestOfAnother = latest;
            latest = step;
        }

        return producers;
    }

    // An agent that reports executions and never writes code itself is a machine: it runs what it is given and is not to blame for it.
    private void MarkExecutors()
    {
        Span<bool> reports = AgentCount <= 256 ? stackalloc bool[AgentCount] : new bool[AgentCount];
        Span<bool> creates = AgentCount <= 256 ? stackalloc bool[AgentCount] : new bool[AgentCount];
        foreach (StepView step in Steps)
        {
            reports[step.AgentNumber] |= step.IsExecutionReport;
            creates[step.AgentNumber] |= !step.IsExecutionReport && (step.HasCode || step.Step.ToolCalls.Count > 0);
        }

        foreach (StepView step in Steps)
            step.IsExecutor = reports[step.AgentNumber] && !creates[step.AgentNumber];
    }
}
