using System.CommandLine;
using AgentTrace.Cli.Commands.Configuration;
using AgentTrace.Cli.Output;
using AgentTrace.Collector;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Store;
using Microsoft.Extensions.Logging;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace collect</c>: runs the collector until Ctrl+C.</summary>
internal static class CollectCommand
{
    /// <param name="words">The whole command line, to which a file and the environment add.</param>
    public static Command Create(IReadOnlyList<string> words)
    {
        var defaults = new CollectorOptions();
        var httpPort = new Option<int>("--http-port") { Description = "Port of OTLP/HTTP and of queries; 0 takes a free one.", DefaultValueFactory = _ => defaults.HttpPort };
        var grpcPort = new Option<int>("--grpc-port") { Description = "Port of OTLP/gRPC; 0 takes a free one.", DefaultValueFactory = _ => defaults.GrpcPort };
        var quiet = new Option<double>("--quiet-seconds")
        {
            Description = "How long nothing may have come for a run that has ended before it is judged.",
            DefaultValueFactory = _ => defaults.QuietTime.TotalSeconds,
        };
        var runsBytes = new Option<long>("--runs-max-bytes")
        {
            Description = "Memory that gathered runs may take; when they take more, judged ones go first, then those that have ended, then the one that was idle longest.",
            DefaultValueFactory = _ => defaults.MaxGatheredBytes,
        };
        var endedBytes = new Option<long>("--ended-runs-max-bytes")
        {
            Description = "Of that, what runs may take which have ended or were judged, and are kept for spans that come late.",
            DefaultValueFactory = _ => defaults.MaxEndedBytes,
        };
        Option<ForwardingEndpoint[]> forward = CommonOptions.Forward();
        var config = new Option<string?>("--config")
        {
            Description = "JSON file with settings, in the section AgentTrace: each option here by its name without dashes, such as HttpPort. Environment variables such as AgentTrace__HttpPort come before it, the command line before both.",
            HelpName = "FILE",
        };
        var attributor = new AttributorOptions();
        var command = new Command("collect", "Takes OTLP in, passes every span on, and attributes failed agent runs in their own traces.") { config, httpPort, grpcPort, quiet, runsBytes, endedBytes, forward };
        var queue = new QueueOptions();
        queue.AddTo(command);
        var judging = new JudgingOptions();
        judging.AddTo(command);
        attributor.AddTo(command);
        var storage = new StorageOptions();
        storage.AddTo(command);
        var security = new SecurityOptions();
        security.AddTo(command);
        var viewing = new ViewingOptions();
        viewing.AddTo(command);
        command.SetAction((said, cancellationToken) =>
        {
            CollectConfiguration configuration = CollectConfiguration.Read(command, said, config);
            ParseResult parsed = configuration.Join(said.RootCommandResult.Command, words);
            return configuration.ExplainAsync(() => RunAsync(
                new CollectorOptions
                {
                    HttpPort = parsed.GetValue(httpPort),
                    GrpcPort = parsed.GetValue(grpcPort),
                    QuietTime = Seconds(parsed.GetValue(quiet)),
                    MaxGatheredBytes = Bytes(runsBytes, parsed),
                    MaxEndedBytes = Bytes(endedBytes, parsed),
                    Forward = parsed.GetValue(forward) ?? [],
                    Forwarding = queue.Create(parsed),
                    Mode = judging.Mode(parsed),
                    Hold = judging.Hold(parsed),
                    Attribution = judging.Attribution(parsed),
                    Attributor = attributor.Create(parsed),
                    Store = storage.Create(parsed),
                    Storing = storage.Storing(parsed),
                    Listening = security.Listening(parsed),
                    Access = security.Access(parsed, configuration.Secrets),
                    Redaction = security.Redaction(parsed),
                    Viewer = viewing.Create(parsed),
                },
                said.InvocationConfiguration.Error, cancellationToken));
        });
        return command;
    }

    private static async Task<int> RunAsync(CollectorOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        await using ITraceStore? store = options.Store;
        await using CollectorHost host = Build(options);
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new CliException(ExitCodes.Failed, $"the collector cannot listen: {e.Message} Choose other ports with --http-port and --grpc-port (0 takes a free one).", e);
        }
        catch (StoreException e)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }

        await error.WriteLineAsync($"OTLP/HTTP on {host.HttpAddress}v1/traces, OTLP/gRPC on {host.GrpcAddress}, runs on {host.HttpAddress}v1/runs, pages on {host.HttpAddress}runs; method {options.Attributor.Method}").ConfigureAwait(false);
        foreach (ForwardingEndpoint endpoint in options.Forward)
            await error.WriteLineAsync($"forwarding to {endpoint}").ConfigureAwait(false);
        if (options.Forward.Count == 0)
            await error.WriteLineAsync("forwarding to nobody: spans end here; --forward http://host:4318 sends them on to Jaeger, Tempo or any OTLP backend").ConfigureAwait(false);
        await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static CollectorHost Build(CollectorOptions options)
    {
        try
        {
            return CollectorHost.Create(options, logging => TerminalLogFormatter.AddTo(logging, LogLevel.Information));
        }
        catch (ArgumentException e)
        {
            throw new CliException(ExitCodes.BadCall, e.Message, e);
        }
        catch (IOException e)
        {
            throw new CliException(ExitCodes.Failed, e.Message, e);
        }
    }

    private static long Bytes(Option<long> option, ParseResult parsed) => parsed.GetValue(option) is > 0 and var bytes
        ? bytes
        : throw new CliException(ExitCodes.BadCall, $"{option.Name} is {parsed.GetValue(option)}; allowed: at least 1");

    private static TimeSpan Seconds(double seconds) =>
        seconds is > 0 and <= 3600 ? TimeSpan.FromSeconds(seconds) : throw new CliException(ExitCodes.BadCall, $"--quiet-seconds is {seconds}; allowed: more than 0, at most 3600");
}
