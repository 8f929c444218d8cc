using AgentTrace.Benchmarks.Attribution;
using AgentTrace.Benchmarks.Turns;

// Ratios measured side by side in one run; absolute times are the machine's.
string subject = args.FirstOrDefault() ?? "";
switch (subject)
{
    case "turns":
        await TurnBenchmark.RunAsync(json: args.Contains("json"), Console.Out).ConfigureAwait(false);
        return 0;
    case "attribution":
        await AttributionBenchmark.RunAsync(args.ElementAtOrDefault(1), Console.Out).ConfigureAwait(false);
        return 0;
    default:
        await Console.Error.WriteLineAsync("usage: dotnet run -c Release --project tests/AgentTrace.Benchmarks -- turns [--format json] | attribution [FOLDER]").ConfigureAwait(false);
        return 2;
}
