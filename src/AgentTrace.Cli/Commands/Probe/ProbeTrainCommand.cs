using System.CommandLine;
using AgentTrace.Cli.Output.Probe;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Training;

namespace AgentTrace.Cli.Commands.Probe;

/// <summary><c>agenttrace probe train -o FILE</c>: trains a model, weight-sparse or dense, on the built-in corpus.</summary>
internal static class ProbeTrainCommand
{
    private const int Reports = 20;

    public static Command Create()
    {
        Option<string> output = ProbeOptions.Output("Where the weights are written, ending in .safetensors; the configuration goes beside them.");
        var shape = new TrainedModelOptions();
        var checkpoint = new Option<string?>("--checkpoint") { Description = "Where the training is saved as it goes on and when it is stopped, for --resume.", HelpName = "FILE" };
        var resume = new Option<string?>("--resume") { Description = "Goes on with the training that --checkpoint saved; it has its own settings.", HelpName = "FILE" };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("train", "Trains a model on the built-in corpus of Python-like code.") { output, checkpoint, resume, format };
        shape.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetValue(output)!;
            if (!path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
                throw new CliException(ExitCodes.BadCall, $"{path} does not end in .safetensors, as a file of weights does");
            var corpus = new CodeCorpus();
            using Trainer trainer = parsed.GetValue(resume) is { } from ? Resume(from, shape.Given(parsed), corpus) : ProbeFailures.Told(() => shape.Trainer(parsed, corpus));
            var progress = new LineProgress(parsed.InvocationConfiguration.Error);
            TrainedModel trained = ProbeFailures.Told(() => Train(trainer, parsed.GetValue(checkpoint), progress, cancellationToken));
            ProbeFailures.Told(() => ModelFile.Save(trainer.Model, path));
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                parsed.GetValue(format) == OutputFormat.Json ? TrainedModelReport.ToJson(trained, path) : TrainedModelReport.ToText(trained, path)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Trainer Resume(string path, string? given, CodeCorpus corpus)
    {
        if (given is not null)
            throw new CliException(ExitCodes.BadCall, $"{given} is settled by the training that --resume goes on with; leave it out");
        try
        {
            using FileStream file = File.OpenRead(path);
            return ProbeFailures.Told(() => Trainer.Resume(file, path, corpus));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.BadCall, $"{path} cannot be read: {e.Message}", e);
        }
    }

    private static TrainedModel Train(Trainer trainer, string? checkpoint, LineProgress progress, CancellationToken cancellationToken)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = TimeProvider.System.GetTimestamp();
        try
        {
            trainer.Run(new Reporter(progress, Save), Math.Max(1, trainer.Options.Steps / Reports), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Save();
            throw;
        }

        return new TrainedModel(trainer.Model, trainer.Options, trainer.Validate(), TimeProvider.System.GetElapsedTime(start), Environment.CpuUsage.TotalTime - before);

        void Save()
        {
            if (checkpoint is not null)
                WholeFile.Write(checkpoint, trainer.SaveCheckpoint);
        }
    }

    private sealed class Reporter(LineProgress progress, Action save) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            save();
            progress.Report(value.ToString("train"));
        }
    }
}
