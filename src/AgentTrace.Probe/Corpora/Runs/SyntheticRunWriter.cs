using AgentTrace.Conventions;

namespace AgentTrace.Probe.Corpora.Runs;

/// <summary>Writes one made-up run, step by step.</summary>
internal sealed class SyntheticRunWriter(Random random)
{
    /// <summary>The manager's number; specialists have those from 0.</summary>
    public const int Manager = -1;

    private const int MostSpecialists = 5;
    private const int MostParts = 5;
    private const int MostTries = 3;
    private const double FailureRate = 0.15;

    private readonly List<string> _words = [];
    private readonly List<int> _steps = [];
    private readonly Dictionary<int, int> _agents = [];
    private readonly Dictionary<int, int> _tools = [];
    private readonly int _specialists = 2 + random.Next(MostSpecialists - 1);
    private int _step = -1;
    private int? _brokenAt;

    /// <summary>The events so far.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>Writes a whole run.</summary>
    /// <param name="habit">What goes wrong, in one of its parts; null for nothing.</param>
    public SyntheticRun Write(BrokenHabit? habit)
    {
        int parts = 2 + random.Next(MostParts - 1), broken = random.Next(parts);
        Open(habit switch { null => parts, BrokenHabit.EarlyEnd => 0, _ => broken });
        if (habit == BrokenHabit.EarlyEnd)
            _brokenAt = _step + 1;
        else if (habit is { } wrong)
            Part(specialist => Break(specialist, wrong));
        Turn(Manager, RunEventWords.Claims);
        Put(RunEventWords.End);
        return new SyntheticRun(_words, _steps, _brokenAt);
    }

    /// <summary>Begins a run.</summary>
    /// <param name="parts">How many parts of it to write.</param>
    public void Open(int parts)
    {
        Put(RunEventWords.Start);
        if (random.Next(2) == 0)
            Step(RunEventWords.Human, RunEventWords.Says);
        for (int part = 0; part < parts; part++)
            Part(Work);
    }

    /// <summary>An agent's turn.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="words">What happens in it.</param>
    public void Turn(int agent, params ReadOnlySpan<string> words) => Step(Agent(agent), words);

    /// <summary>The beginning of an agent's turn.</summary>
    public void Begin(int agent) => Step(Agent(agent));

    /// <summary>The turn's agent hands over.</summary>
    public void HandTo(int agent)
    {
        Put(RunEventWords.HandsTo);
        Put(Agent(agent));
    }

    /// <summary>One of a specialist's two tools, of which it uses the first more.</summary>
    public string Tool(int specialist) => RunEventWords.Tool(Number(_tools, (2 * specialist) + (random.Next(4) == 0 ? 1 : 0)));

    // The manager hands over, the specialist does what it does.
    private void Part(Action<int> work)
    {
        int specialist = random.Next(_specialists);
        Turn(Manager, random.Next(4) == 0 ? RunEventWords.Brief : RunEventWords.Says);
        HandTo(specialist);
        work(specialist);
    }

    private void Break(int specialist, BrokenHabit habit)
    {
        switch (habit)
        {
            case BrokenHabit.Loop:
                Loop(specialist);
                break;
            case BrokenHabit.PingPong:
                PingPong(specialist);
                break;
            default:
                Turn(specialist, Tool(specialist), RunEventWords.Failed);
                Turn(specialist, RunEventWords.Says);
                _brokenAt = _step;
                HandTo(Manager);
                break;
        }
    }

    private void Work(int specialist)
    {
        int calls = 1 + random.Next(2);
        for (int call = 0; call < calls; call++)
        {
            string tool = Tool(specialist);
            bool failed = random.NextDouble() < FailureRate;
            Turn(specialist, tool, failed ? RunEventWords.Failed : RunEventWords.Ok);
            for (int tries = 1; failed && tries < MostTries; tries++)
            {
                failed = random.NextDouble() < FailureRate;
                Turn(specialist, RunEventWords.Retry, tool, failed ? RunEventWords.Failed : RunEventWords.Ok);
            }

            if (!failed)
                continue;
            Turn(specialist, RunEventWords.Admits);
            HandTo(Manager);
            return;
        }

        Turn(specialist, random.Next(3) == 0 ? RunEventWords.Code : RunEventWords.Says);
        HandTo(Manager);
    }

    private void Loop(int specialist)
    {
        string tool = Tool(specialist);
        Turn(specialist, tool, RunEventWords.Ok);
        int times = 3 + random.Next(4);
        for (int time = 0; time < times; time++)
        {
            Turn(specialist, RunEventWords.Again, tool, RunEventWords.Ok);
            _brokenAt ??= _step;
        }
    }

    // Nobody has worked when the first of them hands on.
    private void PingPong(int specialist)
    {
        int other = (specialist + 1) % _specialists, times = 2 + random.Next(3);
        for (int time = 0; time < times; time++)
        {
            Turn(specialist, RunEventWords.Says);
            _brokenAt ??= _step;
            HandTo(other);
            Turn(other, RunEventWords.Says);
            HandTo(specialist);
        }
    }

    private void Step(string who, params ReadOnlySpan<string> words)
    {
        _step++;
        Put(who);
        foreach (string word in words)
            Put(word);
    }

    private string Agent(int agent) => RunEventWords.Agent(Number(_agents, agent));

    private static int Number(Dictionary<int, int> numbers, int thing)
    {
        if (!numbers.TryGetValue(thing, out int number))
            numbers[thing] = number = numbers.Count;
        return number;
    }

    private void Put(string word)
    {
        _words.Add(word);
        _steps.Add(_step);
    }
}
