using System.Globalization;
using AgentTrace.Benchmarks.Analyzers;
using AgentTrace.Benchmarks.Attribution;
using AgentTrace.Benchmarks.Collector;
using AgentTrace.Benchmarks.Collector.Faults;
using AgentTrace.Benchmarks.Fuzz;
using AgentTrace.Benchmarks.Probe;
using AgentTrace.Benchmarks.Runs;
using AgentTrace.Benchmarks.Store;
using AgentTrace.Benchmarks.Turns;

// Ratios measured side by side in one run; absolute times are the machine's.
string subject = args.FirstOrDefault() ?? "";
bool json = args.Contains("json");
switch (subject)
{
    case "turns":
        await TurnBenchmark.RunAsync(json, Console.Out).ConfigureAwait(false);
        return 0;
    case "analyzers":
        await AnalyzerBenchmark.RunAsync((int)Number("--rounds", 9), json, Console.Out).ConfigureAwait(false);
        return 0;
    case "attribution":
        await AttributionBenchmark.RunAsync(args.ElementAtOrDefault(1), Console.Out).ConfigureAwait(false);
        return 0;
    case CollectorBenchmark.Name:
        await CollectorBenchmark.RunAsync(json, Option("--only", ""), Number("--seconds", 8), Number("--agents", 0.05), Console.Out).ConfigureAwait(false);
        return 0;
    case FaultCommand.Name:
        return await FaultCommand.RunAsync(json, Option("--only", ""), Number("--down-seconds", 60), Console.Out).ConfigureAwait(false);
    case SoakCommand.Name:
        return await SoakCommand.RunAsync(TimeSpan.FromMinutes(Number("--minutes", 10)), Console.Out).ConfigureAwait(false);
    case LoadCommand.Name:
        return await LoadCommand.RunAsync(args[1..], Console.Out).ConfigureAwait(false);
    case FuzzCommand.Name:
        return await FuzzCommand.RunAsync((int)Number("--requests", 1_000_000), (int)Number("--seed", 1), Console.Out).ConfigureAwait(false);
    case LiveRunsBenchmark.Name:
        await LiveRunsBenchmark.RunAsync(Console.Out).ConfigureAwait(false);
        return 0;
    case StoreBenchmark.Name:
        await StoreBenchmark.RunAsync((int)Number("--runs", 2_000), Option("--only", ""), Console.Out).ConfigureAwait(false);
        return 0;
    case ProbeBenchmark.Name:
        ProbeBenchmark.Run(Console.Out);
        return 0;
    default:
        await Console.Error.WriteLineAsync("""
            usage: dotnet run -c Release --project tests/AgentTrace.Benchmarks -- SUBJECT
              turns [--format json]                                       what an intercepted turn costs
              analyzers [--rounds N] [--format json]                      what rules and generator add to a build
              attribution [FOLDER]                                        runs a second, and bytes a run, of the methods without a model
              collector [--format json] [--only PIPELINE] [--seconds N] [--agents SHARE]  what a span costs on its way through the collector
              faults [--format json] [--only FAULT] [--down-seconds N]    what each fault does to accepted spans
              soak [--minutes N]                                          memory and losses at half load
              runs                                                        what a span costs while up to a million runs are alive
              store [--runs N] [--only ENGINE]                            what storing runs of 50 spans costs in each engine, and reading them back
              probe                                                       what the probe's engine reaches, and what a probe costs an agent
              fuzz [--requests N] [--seed N]                              mutated requests, and what becomes of them
            """).ConfigureAwait(false);
        return 2;
}

string Option(string name, string otherwise) => Array.IndexOf(args, name) is >= 0 and int at && at + 1 < args.Length ? args[at + 1] : otherwise;

double Number(string name, double otherwise) => double.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
