using System.CommandLine;
using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output;
using Microsoft.Extensions.AI;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace calibrate RUNS...</c>: measures on labelled runs how far a judge's answers can be trusted.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("RUNS")
        {
            Description = "Labelled runs: logs with a label, or folders of them. Never the runs that are to be attributed.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output", "-o") { Description = "Where the reliability is written, for --reliability.", HelpName = "FILE", Required = true };
        var questions = new Option<int>("--questions") { Description = "Questions of each of the two kinds for one run.", DefaultValueFactory = _ => new ReliabilityOptions().QuestionsPerKind };
        var seed = new Option<int>("--seed") { Description = "Seed of a simulated judge." };
        var judge = new JudgeOptions();
        var command = new Command("calibrate", "Measures on labelled runs how reliable a judge is, for the method bayesian-search.") { files, output, questions, seed };
        judge.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LabeledRun[] runs = Read(parsed.GetValue(files)!);
            using IChatClient client = judge.Judge(parsed, runs, parsed.GetValue(seed)) ?? throw new CliException(ExitCodes.BadCall, "calibrate needs --judge: the model to measure");
            JudgeMethodOptions common = judge.MethodOptions(parsed);
            ReliabilityOptions options = new()
            {
                UseGroundTruth = common.UseGroundTruth,
                Budget = common.Budget,
                QuestionsPerKind = parsed.GetValue(questions),
                Prior = new StructuralAttributor(),
                JudgeName = judge.Name(parsed),
            };
            JudgeReliability reliability = await MeasureAsync(client, runs, options, cancellationToken).ConfigureAwait(false);
            Save(parsed.GetValue(output)!, reliability);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Summary(reliability)).ConfigureAwait(false);
            return ExitCodes.Done;
        });
        return command;
    }

    private static LabeledRun[] Read(string[] paths)
    {
        LabeledRun[] runs = [.. RunFileReader.Expand(paths).SelectMany(path => RunFileReader.Read(path).Runs).Where(run => run.Label is not null)];
        return runs.Length > 0 ? runs : throw new CliException(ExitCodes.BadCall, "none of the runs has a label: calibrating compares a judge's answers with labels");
    }

    private static async Task<JudgeReliability> MeasureAsync(IChatClient judge, LabeledRun[] runs, ReliabilityOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await JudgeReliability.MeasureAsync(judge, runs, options, cancellationToken).ConfigureAwait(false);
        }
        catch (JudgeException e)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message.Split(" (Parameter '")[0], e);
        }
    }

    private static void Save(string path, JudgeReliability reliability)
    {
        try
        {
            File.WriteAllText(path, reliability.ToJson() + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException(ExitCodes.Failed, $"{path} cannot be written: {e.Message}", e);
        }
    }

    private static string Summary(JudgeReliability reliability) =>
        TerminalText.Line($"{reliability.Judge ?? "the judge"} on {reliability.Runs} runs") + "\n"
        + Line("at or before step m", reliability.AtOrBefore) + "\n" + Line("is it step k", reliability.IsDecisive);

    private static string Line(string kind, AnswerCounts counts) => string.Create(CultureInfo.InvariantCulture,
        $"  {kind}: says yes to {counts.YesWhenTrue:0} of {counts.WhenTrue:0} where yes is right, to {counts.YesWhenFalse:0} of {counts.WhenFalse:0} where no is");
}
