using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Judges.Guarding;

/// <summary>What the guard takes out of logs that nobody attacked.</summary>
public sealed partial class GuardFiguresTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("algorithm-generated")]
    [InlineData("hand-crafted")]
    public async Task Prompt_HonestLogs_LoseLittle(string part)
    {
        IReadOnlyList<(string Path, LabeledRun Run)> logs = TestRuns.DevelopmentLogs(part);
        if (logs.Count == 0)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        long shown = 0, taken = 0;
        int touched = 0, decisive = 0;
        long started = Stopwatch.GetTimestamp();
        foreach ((_, LabeledRun log) in logs)
        {
            using FixedJudge judge = new("Agent Name: None");
            FailureAttribution verdict = await AttributorCatalog.Create("all-at-once", new() { Judge = judge }).AttributeAsync(log.Run, TestContext.Current.CancellationToken);
            shown += judge.Prompts[0].Length;
            Match[] marks = [.. Mark().Matches(judge.Prompts[0]).Cast<Match>()];
            taken += marks.Sum(mark => long.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture));
            touched += marks.Length > 0 ? 1 : 0;
            decisive += Regex.IsMatch(verdict.Reason, $@"step {log.Label!.Step}[,.]") ? 1 : 0;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{part}: {100.0 * taken / (shown + taken):F1} % of the characters taken out, in {touched} of {logs.Count} logs, in the decisive step of {decisive}; {Stopwatch.GetElapsedTime(started).TotalMilliseconds / logs.Count:F0} ms a prompt"));
        Assert.InRange((double)taken / (shown + taken), 0, 0.1);
    }

    [GeneratedRegex(@"\[(\d+) characters that speak to a judge were taken out\]")]
    private static partial Regex Mark();
}
