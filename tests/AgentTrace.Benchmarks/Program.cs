using System.Globalization;
using AgentTrace.Benchmarks.Collector;
using AgentTrace.Benchmarks.Fuzz;
using AgentTrace.Benchmarks.Runs;
using AgentTrace.Benchmarks.Turns;

// Ratios measured side by side in one run; absolute times are the machine's.
string subject = args.FirstOrDefault() ?? "";
bool json = args.Contains("json");
switch (subject)
{
    case "turns":
        await TurnBenchmark.RunAsync(json, Console.Out).ConfigureAwait(false);
        return 0;
    case CollectorBenchmark.Name:
        await CollectorBenchmark.RunAsync(json, Option("--only", ""), Number("--seconds", 8), Console.Out).ConfigureAwait(false);
        return 0;
    case LoadCommand.Name:
        return await LoadCommand.RunAsync(args[1..], Console.Out).ConfigureAwait(false);
    case FuzzCommand.Name:
        return await FuzzCommand.RunAsync((int)Number("--requests", 1_000_000), (int)Number("--seed", 1), Console.Out).ConfigureAwait(false);
    case LiveRunsBenchmark.Name:
        await LiveRunsBenchmark.RunAsync(Console.Out).ConfigureAwait(false);
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: dotnet run -c Release --project tests/AgentTrace.Benchmarks -- SUBJECT
              turns [--format json]                                       what an intercepted turn costs
              collector [--format json] [--only PIPELINE] [--seconds N]   what a span costs on its way through the collector
              runs                                                        what a span costs while up to a million runs are alive
              fuzz [--requests N] [--seed N]                              mutated requests, and what becomes of them
            """).ConfigureAwait(false);
        return 2;
}

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;

double Number(string name, double otherwise) => double.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
