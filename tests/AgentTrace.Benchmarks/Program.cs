using System.Globalization;
using AgentTrace.Benchmarks.Analyzers;
using AgentTrace.Benchmarks.Turns;

// Ratios measured side by side in one run; absolute times are the machine's.
string subject = args.FirstOrDefault() ?? "";
switch (subject)
{
    case "turns":
        await TurnBenchmark.RunAsync(json: args.Contains("json"), Console.Out).ConfigureAwait(false);
        return 0;
    case "analyzers":
        int rounds = Array.IndexOf(args, "--rounds") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 9;
        await AnalyzerBenchmark.RunAsync(rounds, json: args.Contains("json"), Console.Out).ConfigureAwait(false);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project tests/AgentTrace.Benchmarks -- turns [--format json] | analyzers [--rounds N] [--format json]").ConfigureAwait(false);
        return 2;
}
