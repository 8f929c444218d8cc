using System.CommandLine;
using System.CommandLine.Parsing;
using AgentTrace.Cli.Commands.Probe;
using AgentTrace.Cli.Output;

namespace AgentTrace.Cli.Commands;

/// <summary>The tool's commands, and how their errors become exit codes.</summary>
internal static class CommandLine
{
    /// <summary>More than the 15 seconds a collector takes at most to pass on what it holds; the library's own 2 would cut that short.</summary>
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("AgentTrace: which agent broke the run, at which step, and why.")
        {
            DemoCommand.Create(),
            CollectCommand.Create(args),
            AttributeCommand.Create(),
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            CalibrateCommand.Create(),
            ReplayCommand.Create(),
            ProbeCommand.Create(),
            McpCommand.Create(),
            LabelsCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError parseError in parsed.Errors)
                await error.WriteLineAsync($"agenttrace: {parseError.Message}").ConfigureAwait(false);
            await error.WriteLineAsync($"See 'agenttrace {Path(parsed.CommandResult)}--help'.").ConfigureAwait(false);
            return ExitCodes.BadCall;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = LongestStop,
            }).ConfigureAwait(false);
        }
        catch (CliException e)
        {
            await error.WriteLineAsync(TerminalText.Line($"agenttrace: {e.Message}")).ConfigureAwait(false);
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("agenttrace: stopped").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    }

    private static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)}{result.Command.Name} " : "";
}
