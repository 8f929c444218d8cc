using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe frontier MODEL --task TASK</c>: how many edges a smaller loss costs.</summary>
internal static class ProbeFrontierCommand
{
    private static readonly double[] s_targets = [0.3, 0.15, 0.05, 0.02, 0.01];

    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        var tasks = new Option<string[]>("--task") { Description = "A built-in task or a file, as for prune. May be given several times.", HelpName = "TASK", Required = true };
        var targets = new Option<double[]>("--target") { Description = "A calibrated loss to be reached, nats. May be given several times.", DefaultValueFactory = _ => s_targets };
        Option<int> trials = ProbeOptions.Trials();
        Option<int> steps = ProbeOptions.MaskSteps();
        Option<int> seed = ProbeOptions.Seed();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("frontier", "Shows the size of a task's circuit against its loss.") { model, tasks, targets, trials, steps, seed, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (Transformer weights, CodeCorpus corpus) = ProbeFiles.Load(parsed.GetValue(model)!);
            ICircuitTask[] chosen = [.. parsed.GetValue(tasks)!.Select(name => ProbeFiles.Task(name, corpus))];
            CircuitOptions options = ProbeOptions.Circuits(parsed.GetValue(trials), parsed.GetValue(steps), parsed.GetValue(seed)) with { MeasureImportances = false };
            var lines = new ProgressLines(parsed.InvocationConfiguration.Error);
            var found = new IReadOnlyList<FrontierPoint>[chosen.Length];
            ProbeFiles.Told(() => Parallel.For(0, chosen.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
                found[i] = CircuitFrontier.Of(weights, corpus, chosen[i], parsed.GetValue(targets)!, options, lines, cancellationToken)));
            (string, IReadOnlyList<FrontierPoint>)[] frontiers = [.. chosen.Select((task, i) => (task.Name, found[i]))];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? FrontierReport.ToJson(frontiers) : FrontierReport.ToText(frontiers)).ConfigureAwait(false);
            return found.Any(points => points.Any(point => point.Circuit is not null))
                ? ExitCodes.Done
                : throw new CliException(ExitCodes.Failed, "no target was reached: see the reasons above");
        });
        return command;
    }
}
