using System.CommandLine;
using AgentTrace.Cli.Input;
using AgentTrace.Cli.Output;
using AgentTrace.Cli.Replay;
using AgentTrace.Collector.Forwarding;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace replay LOG... --endpoint URL</c>: turns real logs into real OTLP traces and sends them.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("LOG") { Description = "Who&When logs; a folder stands for the .json files below it.", Arity = ArgumentArity.OneOrMore };
        var endpoint = new Option<ForwardingEndpoint>("--endpoint", "-e")
        {
            Description = "Where the traces go: http://host:4318 (OTLP/HTTP) or grpc://host:4317 (OTLP/gRPC).",
            HelpName = "URL",
            Required = true,
            CustomParser = result => CommonOptions.Endpoint(result.Tokens.Single().Value, result),
        };
        var groundTruth = new Option<bool>("--ground-truth") { Description = "Put the task's right answer into the trace, for attribution \"with ground truth\"." };
        Option<OutputFormat> format = CommonOptions.Format();
        var command = new Command("replay", "Turns Who&When logs into OTLP traces with plausible timing and sends them.") { files, endpoint, groundTruth, format };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(files)!, parsed.GetValue(endpoint)!, parsed.GetValue(groundTruth), parsed.GetValue(format),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] paths, ForwardingEndpoint endpoint, bool groundTruth, OutputFormat format, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        using var replayer = new LogReplayer(endpoint, TimeProvider.System);
        var sent = new List<ReplayedRun>();
        int exitCode = ExitCodes.Done;
        foreach (string path in RunFileReader.Expand(paths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                sent.Add(Replay(replayer, path, groundTruth));
            }
            catch (CliException e) when (e.ExitCode == ExitCodes.BadCall)
            {
                await error.WriteLineAsync(TerminalText.Line($"agenttrace: {e.Message}")).ConfigureAwait(false);
                exitCode = e.ExitCode;
            }
            catch (CliException e)
            {
                // The endpoint is gone, so the rest would fail too; what did arrive is still told.
                await error.WriteLineAsync(TerminalText.Line($"agenttrace: {e.Message}")).ConfigureAwait(false);
                exitCode = e.ExitCode;
                break;
            }
        }

        await output.WriteLineAsync(format == OutputFormat.Json ? ReplayReport.ToJson(sent) : ReplayReport.ToText(sent, endpoint)).ConfigureAwait(false);
        return exitCode;
    }

    private static ReplayedRun Replay(LogReplayer replayer, string path, bool groundTruth)
    {
        RunFile file = RunFileReader.Read(path);
        if (!file.IsLog)
            throw new CliException(ExitCodes.BadCall, $"{path}: this is an OTLP export, not a log; send it to the endpoint as it is");
        return replayer.Send(path, file.Runs[0].Run, groundTruth);
    }
}
