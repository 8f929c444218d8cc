using System.CommandLine;
using AgentTrace.Cli.Demo;
using AgentTrace.Cli.Output;
using AgentTrace.Collector.Forwarding;
using AgentTrace.Collector.Viewer;
using Spectre.Console;

namespace AgentTrace.Cli.Commands;

/// <summary><c>agenttrace demo</c>: four runs of a travel desk through a real collector, with the culprit of each failure.</summary>
internal static class DemoCommand
{
    private const int RedirectedWidth = 180;

    public static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "End when the four runs are shown; otherwise the collector stays up until Ctrl+C." };
        Option<OutputFormat> format = CommonOptions.Format();
        Option<ForwardingEndpoint[]> forward = CommonOptions.Forward();
        var command = new Command("demo", "Runs four scenarios of a travel desk (no key, no network) and shows which agent broke which, and why.") { once, format, forward };
        var viewing = new ViewingOptions();
        viewing.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(once), parsed.GetValue(format), parsed.GetValue(forward) ?? [], viewing.Create(parsed),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        bool once, OutputFormat format, ForwardingEndpoint[] forward, ViewerOptions viewer, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        await using DemoCollector collector = await DemoCollector.StartAsync(forward, viewer, cancellationToken).ConfigureAwait(false);
        var results = new List<DemoRun>();
        foreach (Scenario scenario in Scenarios.All)
        {
            await error.WriteLineAsync($"[{results.Count + 1}/{Scenarios.All.Count}] {scenario.Name}: {scenario.Title} ...").ConfigureAwait(false);
            results.Add(await collector.RunAsync(scenario, seed: results.Count, cancellationToken).ConfigureAwait(false));
        }

        if (format == OutputFormat.Json)
            await output.WriteLineAsync(DemoReport.ToJson(results)).ConfigureAwait(false);
        else
            DemoReport.Write(results, Console(output), collector.Host.HttpAddress, forward, stays: !once);

        if (!once)
        {
            await error.WriteLineAsync($"the culprit's page is {DemoReport.CulpritsPage(results, collector.Host.HttpAddress)}").ConfigureAwait(false);
            await error.WriteLineAsync($"the collector stays up on {collector.Host.HttpAddress} until Ctrl+C").ConfigureAwait(false);
            await collector.Host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
        }

        await collector.StopAsync(CancellationToken.None).ConfigureAwait(false);
        if (results.TrueForAll(run => run.IsAsExpected))
            return ExitCodes.Done;
        throw new CliException(ExitCodes.Failed, $"not as planted: {string.Join(", ", results.Where(run => !run.IsAsExpected).Select(run => run.Scenario.Name))}");
    }

    private static IAnsiConsole Console(TextWriter output)
    {
        if (!System.Console.IsOutputRedirected)
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });

        // A file or pipe obeys no escape sequences, whatever TERM says, and has no width: lines that break nowhere are easier to read and to search.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = RedirectedWidth;
        return console;
    }
}
