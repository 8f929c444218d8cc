using System.Globalization;
using System.Text.Json;

namespace AgentTrace.Benchmarks.Analyzers;

/// <summary>What the rules and the generator add to a build, and what each rule takes beside those of another analyzer on the same code.</summary>
internal static class AnalyzerBenchmark
{
    private const string Ours = "AgentTrace", Theirs = "Meziantou", Both = "AgentTrace-Meziantou";

    /// <summary>Measures and prints; medians are taken over this many builds of each kind.</summary>
    public static async Task RunAsync(int rounds, bool json, TextWriter output)
    {
        using GeneratedProject project = await GeneratedProject.WriteAsync().ConfigureAwait(false);
        await Build.RestoreAsync(project).ConfigureAwait(false);
        string[] kinds = ["", Ours, Theirs];
        await Build.RunAsync(project, "").ConfigureAwait(false); // Files in the system's cache, for all alike.
        var builds = kinds.ToDictionary(kind => kind, _ => new List<Build>());
        var around = new List<Build>();
        var reports = new List<Build>();
        for (int round = 0; round < rounds; round++)
        {
            // Each kind is first as often as last: a machine that gets slower or faster does so for all.
            foreach (string kind in round % 2 == 0 ? kinds : kinds.Reverse())
                builds[kind].Add(await Build.RunAsync(project, kind).ConfigureAwait(false));
            around.Add(await Build.RunAsync(project, "", compile: false).ConfigureAwait(false));
            reports.Add(await Build.RunAsync(project, Both, reportRules: true).ConfigureAwait(false));
        }

        double aroundCpu = Spread.Of(around.Select(build => build.CpuSeconds)).Median;
        Dictionary<string, Spread> task = builds.ToDictionary(pair => pair.Key, pair => Spread.Of(pair.Value.Select(build => build.CompilerSeconds)));
        Dictionary<string, Spread> cpu = builds.ToDictionary(pair => pair.Key, pair => Spread.Of(pair.Value.Select(build => build.CpuSeconds - aroundCpu)));
        // Ratios are taken within a round and then the median: both builds of a pair met the same load.
        double Ratio(string kind, Func<Build, double> of) => Spread.Of(Enumerable.Range(0, rounds).Select(round => of(builds[kind][round]) / of(builds[""][round]))).Median;
        RuleTime[] rules = Medians(reports);
        RuleTime[] theirs = [.. rules.Where(rule => rule.Name.StartsWith(Theirs, StringComparison.Ordinal))];
        double averageAnalyzer = theirs.Average(rule => rule.Seconds), averageId = theirs.Sum(rule => rule.Seconds) / theirs.Sum(rule => rule.Ids.Length);
        RuleTime[] ours = [.. rules.Where(rule => rule.Name.StartsWith(Ours, StringComparison.Ordinal)).OrderByDescending(rule => rule.Seconds)];
        var result = new
        {
            files = GeneratedProject.Files,
            agentCalls = GeneratedProject.AgentCalls,
            rounds,
            compileCpuSeconds = new { without = cpu[""], agentTrace = cpu[Ours], meziantou = cpu[Theirs] },
            compilerTaskSeconds = new { without = task[""], agentTrace = task[Ours], meziantou = task[Theirs] },
            cpuRatio = new { agentTrace = Ratio(Ours, build => build.CpuSeconds - aroundCpu), meziantou = Ratio(Theirs, build => build.CpuSeconds - aroundCpu) },
            taskRatio = new { agentTrace = Ratio(Ours, build => build.CompilerSeconds), meziantou = Ratio(Theirs, build => build.CompilerSeconds) },
            meziantou = new { analyzers = theirs.Length, secondsPerAnalyzer = averageAnalyzer, secondsPerRule = averageId },
            rules = ours.Select(rule => new { id = string.Join(' ', rule.Ids), seconds = rule.Seconds, overAverageAnalyzer = rule.Seconds / averageAnalyzer, overAverageRule = rule.Seconds / averageId }).ToArray(),
        };
        if (json)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(result, JsonSerializerOptions.Web)).ConfigureAwait(false);
            return;
        }

        string Line(string name, string kind, double cpuRatio, double taskRatio) => string.Create(CultureInfo.InvariantCulture,
            $"{name,-24} {cpu[kind].Median,6:0.00} s ({cpu[kind].Low:0.00} to {cpu[kind].High:0.00}){cpuRatio,7:0.000}x   {task[kind].Median,6:0.00} s ({task[kind].Low:0.00} to {task[kind].High:0.00}){taskRatio,7:0.000}x");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"""
            {result.files} files, {result.agentCalls} agent calls, {rounds} rounds, medians (lowest to highest); ratios are medians of the rounds' own
                                     compiler's CPU time                     compiler's task, wall time
            {Line("without", "", 1, 1)}
            {Line("rules and generator", Ours, result.cpuRatio.agentTrace, result.taskRatio.agentTrace)}
            {Line("Meziantou.Analyzer", Theirs, result.cpuRatio.meziantou, result.taskRatio.meziantou)}

            by the compiler's own report, both in one build: Meziantou.Analyzer takes {averageAnalyzer * 1000:0.0} ms an analyzer ({theirs.Length} of them), {averageId * 1000:0.0} ms a rule
            """)).ConfigureAwait(false);
        foreach (var rule in result.rules)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rule.id,-10}{rule.seconds * 1000,8:0.0} ms{rule.overAverageAnalyzer,8:0.00}x an analyzer{rule.overAverageRule,8:0.00}x a rule")).ConfigureAwait(false);
    }

    private static RuleTime[] Medians(List<Build> reports) =>
    [
        .. reports.SelectMany(build => build.Rules).GroupBy(rule => rule.Name)
            .Select(times => new RuleTime(times.Key, times.First().Ids, Spread.Of(times.Select(time => time.Seconds)).Median)),
    ];
}
