using System.Diagnostics;
using System.Globalization;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Runs;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests.Attributors.Structural;

/// <summary>Prints how many runs a second one core attributes; bounds only what a change of complexity would break.</summary>
public sealed class ThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("algorithm-generated")]
    [InlineData("hand-crafted")]
    public async Task AttributeAsync_DevelopmentLogs_PrintsRunsASecond(string part)
    {
        IReadOnlyList<(string Path, LabeledRun Run)> logs = TestRuns.DevelopmentLogs(part);
        if (logs.Count == 0)
        {
            Assert.Skip(SharedData.Absent);
            return;
        }

        StructuralAttributor attributor = new();
        int runs = 0;
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < 500)
        {
            foreach ((_, LabeledRun log) in logs)
                await attributor.AttributeAsync(log.Run, TestContext.Current.CancellationToken);
            runs += logs.Count;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{part}: {runs / watch.Elapsed.TotalSeconds:F0} runs a second, {logs.Average(log => log.Run.Run.Steps.Count):F1} steps a run"));
    }

    [Fact]
    public async Task AttributeAsync_HugeRun_EndsInSeconds()
    {
        string huge = string.Concat(Enumerable.Repeat("I assume 4711 flights to Oslo. ", 40_000));
        ToolCall call = TestRuns.Call("search", "{}", huge, "timeout");
        AgentRun run = TestRuns.Of([.. Enumerable.Range(0, 2_000).Select(i => TestRuns.Step($"a{i % 7}", huge, call) with { HandoffTo = $"a{(i + 1) % 7}" })]);

        Stopwatch watch = Stopwatch.StartNew();
        await new StructuralAttributor().AttributeAsync(run, TestContext.Current.CancellationToken);

        output.WriteLine($"2,000 steps of {huge.Length} characters: {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }
}
