using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe prune MODEL --task NAME -o FILE</c>: finds the circuit of a task.</summary>
internal static class ProbePruneCommand
{
    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        Option<string> output = ProbeOptions.Output("Where the circuit is written.");
        var target = new Option<double>("--target") { Description = "Calibrated loss that the circuit must reach, nats.", DefaultValueFactory = _ => new CircuitOptions().TargetLoss, HelpName = "LOSS" };
        Option<OutputFormat> format = CommonOptions.Format();
        var pruning = new PruningOptions();
        var command = new Command("prune", "Finds the smallest part of a model that still does a task.") { model, output, target, format };
        pruning.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (Transformer loaded, ICorpus corpus) = ProbeOptions.Loaded(parsed.GetValue(model)!);
            ICircuitTask task = pruning.Task(parsed, corpus);
            CircuitOptions options = pruning.Circuits(parsed) with { TargetLoss = parsed.GetValue(target) };
            Circuit circuit = ProbeFailures.Told(() =>
                new CircuitFinder(loaded, corpus, loaded.Config.BlockSize, options).Find(task, new LineProgress(parsed.InvocationConfiguration.Error), cancellationToken));
            ProbeFailures.Told(() => CircuitFile.Save(circuit, parsed.GetValue(output)!));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? CircuitReport.ToJson(circuit) : CircuitReport.ToText(circuit)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
