using System.CommandLine;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Which task a model is pruned to, and how: what prune and frontier have in common.</summary>
internal sealed class PruningOptions
{
    private readonly Option<string?> _task = new("--task") { Description = "A built-in task.", HelpName = "NAME" };
    private readonly Option<string?> _file = new("--task-file") { Description = "A task of your own: JSON lines of prompt, other, right and wrong.", HelpName = "FILE" };
    private readonly Option<int?> _trials = new("--trials") { Description = "How often masks are trained; the smallest circuit counts.", HelpName = "N" };
    private readonly Option<int?> _steps = new("--steps") { Description = "Steps of each trial.", HelpName = "N" };
    private readonly Option<int?> _pairs = new("--pairs") { Description = "Pairs of prompts to fit to, and as many to decide by; built-in tasks only.", HelpName = "N" };
    private readonly Option<int> _seed = ProbeOptions.Seed();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_task, _file, _trials, _steps, _pairs, _seed])
            command.Add(option);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="corpus">That of the model.</param>
    public ICircuitTask Task(ParseResult parsed, ICorpus corpus) => (parsed.GetValue(_task), parsed.GetValue(_file)) switch
    {
        ({ } name, null) => BuiltInCorpus.TasksOf(corpus).FirstOrDefault(task => task.Name == name)
            ?? throw new CliException(ExitCodes.BadCall, $"there is no task {name} on what this model reads; there are {Names(corpus)}"),
        (null, { } path) => ProbeFailures.Told(() => Read(path, corpus)),
        _ => throw new CliException(ExitCodes.BadCall, $"name one task: --task with one of {Names(corpus)}, or --task-file"),
    };

    public CircuitOptions Circuits(ParseResult parsed)
    {
        CircuitOptions options = new CircuitOptions().WithSeed(parsed.GetValue(_seed));
        int trials = AtLeastOne("--trials", parsed.GetValue(_trials)) ?? options.Trials.Count, pairs = AtLeastOne("--pairs", parsed.GetValue(_pairs)) ?? options.TrainPairs;
        int? steps = AtLeastOne("--steps", parsed.GetValue(_steps));
        return options with
        {
            TrainPairs = pairs,
            TestPairs = pairs,
            Trials = [.. Enumerable.Range(0, trials)
                .Select(i => options.Trials[i % options.Trials.Count] is var trial ? trial with { Steps = steps ?? trial.Steps, Seed = trial.Seed + i } : trial)],
        };
    }

    private static int? AtLeastOne(string name, int? value) =>
        value is < 1 ? throw new CliException(ExitCodes.BadCall, $"{name} is {value}; allowed: at least 1") : value;

    private static string Names(ICorpus corpus) => string.Join(", ", BuiltInCorpus.TasksOf(corpus).Select(task => task.Name));

    private static ListedTask Read(string path, ICorpus corpus)
    {
        try
        {
            using StreamReader lines = File.OpenText(path);
            return ListedTask.Read(Path.GetFileNameWithoutExtension(path), lines, corpus.Vocabulary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.BadCall, $"{path} cannot be read: {e.Message}", e);
        }
    }
}
