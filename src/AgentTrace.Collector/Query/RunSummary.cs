using AgentTrace.Attribution.Runs;
using AgentTrace.Collector.Storage;

namespace AgentTrace.Collector.Query;

/// <summary>One line of the runs list.</summary>
internal sealed record RunSummary(string TraceId, string? Name, RunOutcome Outcome, int Steps, string? Agent, int? Step, double? Confidence, DateTimeOffset FinishedAt)
{
    public static RunSummary Of(RunRecord record) => new(
        record.Run.Id, record.Run.Name, record.Run.Outcome, record.Run.Steps.Count,
        record.Attribution?.Agent, record.Attribution?.Step, record.Attribution?.Confidence, record.FinishedAt);
}
