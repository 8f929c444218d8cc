using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe prune MODEL --task TASK</c>: finds the circuit that does a task.</summary>
internal static class ProbePruneCommand
{
    public static Command Create()
    {
        Argument<string> model = ProbeOptions.Model();
        Option<string> task = ProbeOptions.Task();
        var output = new Option<string?>("--output", "-o") { Description = "Where the circuit is written as JSON, for export.", HelpName = "FILE" };
        var target = new Option<double>("--target") { Description = "Calibrated loss that the circuit must reach, nats.", DefaultValueFactory = _ => new CircuitOptions().TargetLoss };
        Option<int> trials = ProbeOptions.Trials();
        Option<int> steps = ProbeOptions.MaskSteps();
        Option<int> seed = ProbeOptions.Seed();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("prune", "Finds the smallest circuit of a model that does a task.") { model, task, output, target, trials, steps, seed, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            (Transformer weights, CodeCorpus corpus) = ProbeFiles.Load(parsed.GetValue(model)!);
            ICircuitTask chosen = ProbeFiles.Task(parsed.GetValue(task)!, corpus);
            CircuitOptions options = ProbeOptions.Circuits(parsed.GetValue(trials), parsed.GetValue(steps), parsed.GetValue(seed)) with { TargetLoss = parsed.GetValue(target) };
            string? path = parsed.GetValue(output);
            if (path is not null)
                ProbeFiles.Writable(path);
            var lines = new ProgressLines(parsed.InvocationConfiguration.Error);
            Circuit circuit = ProbeFiles.Told(() => new CircuitFinder(weights, corpus, weights.Config.BlockSize, options).Find(chosen, lines, cancellationToken));
            if (path is not null)
                ProbeFiles.Write(path, stream => CircuitFile.Write(circuit, stream));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? CircuitReport.ToJson(circuit) : CircuitReport.ToText(circuit)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }
}
