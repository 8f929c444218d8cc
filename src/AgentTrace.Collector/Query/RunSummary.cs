using AgentTrace.Store.Runs;

namespace AgentTrace.Collector.Query;

/// <summary>One line of the runs list.</summary>
internal sealed record RunSummary(
    string TraceId, string? Name, string? Service, string Outcome, int Steps, string? Verdict, string? Agent, int? Step, string? Category, string? Method, double? Confidence,
    DateTimeOffset FinishedAt)
{
    public static RunSummary Of(StoredRun run) => new(
        Otlp.TraceId.Of(run.TraceId).ToString(), run.Name, run.Service, run.Outcome, run.Steps, run.Verdict, run.Agent, run.Step, run.Category, run.Method, run.Confidence,
        run.FinishedAt);
}
