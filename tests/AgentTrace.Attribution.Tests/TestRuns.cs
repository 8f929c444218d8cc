using AgentTrace.Attribution.Runs;
using AgentTrace.Attribution.Runs.WhoAndWhen;
using AgentTrace.TestKit;

namespace AgentTrace.Attribution.Tests;

/// <summary>Small runs by hand, and the development logs where they are present.</summary>
internal static class TestRuns
{
    public static AgentRun Of(params Step[] steps) => new()
    {
        Id = "run",
        Task = "Book the cheapest flight from Lisbon to Oslo on 3 May.",
        Outcome = RunOutcome.Failure,
        Steps = [.. steps.Select((step, index) => step with { Index = index })],
    };

    public static Step Step(string agent, string output, params ToolCall[] calls) =>
        new() { Index = 0, Agent = agent, Speaker = agent, Output = output, ToolCalls = calls };

    public static ToolCall Call(string name, string arguments, string? result = null, string? error = null) =>
        new() { Name = name, Arguments = arguments, Result = result, Error = error };

    public static IReadOnlyList<(string Path, LabeledRun Run)> DevelopmentLogs(string? part = null) =>
        [.. SharedData.WhoAndWhenLogs()
            .Where(path => part is null || path.Contains(part, StringComparison.Ordinal))
            .Select(path => (path, WhoAndWhenReader.Read(path, File.ReadAllBytes(path))))];
}
