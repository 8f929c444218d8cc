using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe frontier MODEL --task NAME</c>: how large a circuit must be for which loss.</summary>
internal static class ProbeFrontierCommand
{
    private static readonly double[] s_targets = [0.3, 0.15, 0.05, 0.02, 0.01];

    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        var targets = new Option<double[]>("--target")
        {
            Description = "A calibrated loss, nats; may be given several times (0.3, 0.15, 0.05, 0.02, 0.01).",
            HelpName = "LOSS",
            DefaultValueFactory = _ => s_targets,
        };
        Option<OutputFormat> format = CommonOptions.Format();
        var pruning = new PruningOptions();
        var command = new Command("frontier", "Says how many edges a task's circuit needs for which loss.") { model, targets, format };
        pruning.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (Transformer loaded, ICorpus corpus) = ProbeOptions.Loaded(parsed.GetValue(model)!);
            ICircuitTask task = pruning.Task(parsed, corpus);
            CircuitOptions options = pruning.Circuits(parsed) with { MeasureImportances = false };
            IReadOnlyList<FrontierPoint> points = ProbeFailures.Told(() =>
                CircuitFrontier.Of(loaded, corpus, task, parsed.GetValue(targets)!, options, new LineProgress(parsed.InvocationConfiguration.Error), cancellationToken));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? FrontierReport.ToJson(task.Name, points) : FrontierReport.ToText(task.Name, points)).ConfigureAwait(false);
            if (points.All(point => point.Circuit is null))
                throw new CliException(ExitCodes.Failed, $"no target is reached: {points[0].Reason}");
            return ExitCodes.Done;
        });
        return command;
    }
}
