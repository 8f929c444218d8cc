using System.CommandLine;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Corpora.Runs;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Surprise;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe learn RUNS -o FILE</c>: trains a trace model on how a system's runs go.</summary>
internal static class ProbeLearnCommand
{
    public static Command Create()
    {
        var defaults = new AgentTrace.Probe.Surprise.TraceModelOptions();
        var files = new Argument<string[]>("RUNS") { Description = "Runs of one system, best of all those that went well: logs and OTLP exports, or folders of them.", Arity = ArgumentArity.ZeroOrMore };
        Option<string> output = ProbeOptions.Output("Where the weights are written, ending in .safetensors; the configuration goes beside them.");
        var synthetic = new Option<int?>("--synthetic") { Description = "Learn from this many made-up runs of a team with good habits instead.", HelpName = "N" };
        var width = new Option<int>("--width") { Description = "Channels of the residual stream.", DefaultValueFactory = _ => defaults.Width, HelpName = "N" };
        var density = new Option<double>("--density") { Description = "Share of each weight matrix that stays nonzero, up to 1 for a dense model.", DefaultValueFactory = _ => defaults.Density, HelpName = "SHARE" };
        var steps = new Option<int>("--most-steps") { Description = "Most steps of training; fewer where that is better for runs left out.", DefaultValueFactory = _ => defaults.MostSteps, HelpName = "N" };
        Option<int> seed = ProbeOptions.Seed();
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("learn", "Learns how a system's runs go, for --trace-model: a weight-sparse model of their events, without names or contents.") { files, output, synthetic, width, density, steps, seed, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(output)!;
            if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new CliException(ExitCodes.BadCall, $"{path} does not end in .safetensors, as a file of weights does");
            IReadOnlyList<IReadOnlyList<string>> runs = Runs(parsed.GetValue(files)!, parsed.GetValue(synthetic), parsed.GetValue(seed));
            var options = new AgentTrace.Probe.Surprise.TraceModelOptions { Width = parsed.GetValue(width), Density = parsed.GetValue(density), MostSteps = parsed.GetValue(steps), Seed = parsed.GetValue(seed) };
            TrainedTraceModel trained = ProbeFailures.Told(() => TraceModelTrainer.Train(runs, options, new LineProgress(parsed.InvocationConfiguration.Error), cancellationToken));
            ProbeFailures.Told(() => ModelFile.Save(trained.Model.Model, path));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? TraceModelReport.ToJson(trained, path) : TraceModelReport.ToText(trained, path)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static IReadOnlyList<IReadOnlyList<string>> Runs(string[] files, int? synthetic, int seed)
    {
        if (files.Length == 0 == synthetic is null)
            throw new CliException(ExitCodes.BadCall, "name the runs to learn from, or --synthetic N for made-up ones; not both");
        if (synthetic is not { } count)
            return [.. RunFileReader.Expand(files).SelectMany(path => RunFileReader.Read(path).Runs).Where(run => run.Run.Steps.Count > 0).Select(run => EventWords.Of(run.Run))];
        if (count is < 1 or > 1_000_000)
            throw new CliException(ExitCodes.BadCall, $"--synthetic is {count}; allowed: 1 to 1000000");
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => SyntheticRun.Healthy(random).Words)];
    }
}
