using System.CommandLine;
using System.Globalization;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace train RUNS -o ranker.json</c>: learns from a team's own labelled runs for the method learned.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("RUNS")
        {
            Description = "Labelled failed runs of one system: logs with a label, or folders of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o") { Description = "Where the ranker is written, for --ranker.", HelpName = "FILE", Required = true };
        var command = new Command("train", "Learns from labelled runs of one system which steps are decisive errors there, for the method learned.") { files, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LabeledRun[] runs = LabelledRuns.Read(parsed.GetValue(files)!);
            StepRanker ranker = JudgeOptions.Told(() => RankerTrainer.Train(runs, cancellationToken));
            Save(parsed.GetValue(output)!, ranker);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"ranker {ranker.Id}: {ranker.TrainingRuns} labelled runs, {ranker.TrainingSteps} steps, penalty {ranker.Penalty}")).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Save(string path, StepRanker ranker)
    {
        try
        {
            using FileStream file = File.Create(path);
            RankerFile.Write(ranker, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException(ExitCodes.Failed, $"{path} cannot be written: {e.Message}", e);
        }
    }
}
