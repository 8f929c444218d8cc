using System.CommandLine;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output;

namespace AgentTrace.Cli.Commands;

// The SDK has an AgentRun too; inside our own root namespace it would come first.
using AgentRun = AgentTrace.Attribution.Runs.AgentRun;

/// <summary><c>agenttrace attribute FILE...</c>: says who broke the runs of log files and OTLP exports.</summary>
internal static class AttributeCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Who&When logs or OTLP/JSON exports; a folder stands for the .json files below it.",
            Arity = ArgumentArity.OneOrMore,
        };
        var failed = new Option<bool>("--failed") { Description = "Treat every run as failed, whatever its trace says." };
        Option<OutputFormat> format = CommonOptions.Format();
        var attributor = new AttributorOptions();
        var command = new Command("attribute", "Says which agent and step broke the failed runs of log files and OTLP exports.") { files, failed, format };
        attributor.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(files)!, attributor.Create(parsed), parsed.GetValue(failed), parsed.GetValue(format),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] paths, IFailureAttributor attributor, bool all, OutputFormat format, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var results = new List<AttributedRun>();
        int exitCode = ExitCodes.Done;
        foreach (string path in RunFileReader.Expand(paths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                RunFile file = RunFileReader.Read(path);
                if (file.Problem is { } problem)
                {
                    await error.WriteLineAsync(TerminalText.Line($"agenttrace: {problem}")).ConfigureAwait(false);
                    exitCode = Math.Max(exitCode, ExitCodes.BadCall);
                }

                foreach (LabeledRun run in file.Runs)
                    results.Add(new AttributedRun(path, run, await AttributeAsync(run.Run, attributor, all, cancellationToken).ConfigureAwait(false)));
            }
            catch (CliException e)
            {
                // One bad file loses nothing of the others.
                await error.WriteLineAsync(TerminalText.Line($"agenttrace: {e.Message}")).ConfigureAwait(false);
                exitCode = Math.Max(exitCode, e.ExitCode);
            }
            catch (JudgeException e)
            {
                await error.WriteLineAsync(TerminalText.Line($"agenttrace: {path}: {e.Message}")).ConfigureAwait(false);
                exitCode = Math.Max(exitCode, ExitCodes.Failed);
            }
        }

        if (results.Count > 0 || format == OutputFormat.Json)
            await output.WriteLineAsync(format == OutputFormat.Json ? AttributionReport.ToJson(results) : AttributionReport.ToText(results)).ConfigureAwait(false);
        return exitCode;
    }

    private static async ValueTask<FailureAttribution?> AttributeAsync(AgentRun run, IFailureAttributor attributor, bool all, CancellationToken cancellationToken) =>
        all || run.Outcome == RunOutcome.Failure ? await attributor.AttributeAsync(run, cancellationToken).ConfigureAwait(false) : null;
}
