using System.CommandLine;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary>Options that several probe commands have.</summary>
internal static class ProbeOptions
{
    private const int MostTrials = 100;
    private const int MostSteps = 100_000;

    public static Option<int> Seed() => new("--seed") { Description = "Seed of weights, documents and prompts." };

    public static Argument<string> Model() => new("MODEL") { Description = "A model's weights, NAME.safetensors, with NAME.config.json beside it." };

    public static Option<string> Task() => new("--task")
    {
        Description = $"A built-in task ({string.Join(", ", CodeTasks.All(new CodeCorpus()).Select(task => task.Name))}), or a file of JSON lines: prompt, other, right, wrong.",
        HelpName = "TASK",
        Required = true,
    };

    public static Option<int> Trials() => new("--trials") { Description = "How often masks are trained; the smallest circuit counts.", DefaultValueFactory = _ => new CircuitOptions().Trials.Count };

    public static Option<int> MaskSteps() => new("--mask-steps") { Description = "Steps of one training of masks.", DefaultValueFactory = _ => new MaskTrainingOptions().Steps };

    /// <summary>How circuits are found, with this many trials of this many steps.</summary>
    public static CircuitOptions Circuits(int trials, int steps, int seed) =>
        trials is < 1 or > MostTrials ? throw new CliException(ExitCodes.BadCall, $"--trials is {trials}; allowed: 1 to {MostTrials}")
        : steps is < 1 or > MostSteps ? throw new CliException(ExitCodes.BadCall, $"--mask-steps is {steps}; allowed: 1 to {MostSteps}")
        : new CircuitOptions { Seed = seed, Trials = [.. Enumerable.Range(0, trials).Select(i => new MaskTrainingOptions { Steps = steps, Seed = seed + i })] };
}
