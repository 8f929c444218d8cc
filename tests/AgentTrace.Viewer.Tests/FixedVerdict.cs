using AgentTrace.Attribution.Attributors;

namespace AgentTrace.Viewer.Tests;

/// <summary>Attributes every run the same way: verdicts that are rare in nature must be shown too.</summary>
internal sealed class FixedVerdict(AttributionVerdict verdict, string reason) : IFailureAttributor
{
    public string Method => "fixed";

    public ValueTask<FailureAttribution> AttributeAsync(Attribution.Runs.AgentRun run, CancellationToken cancellationToken = default) => ValueTask.FromResult(new FailureAttribution
    {
        Method = Method,
        MethodVersion = "1",
        Verdict = verdict,
        Reason = reason,
        Ranking = [.. run.Steps.Select(step => new StepBlame(step.Index, step.Agent, 1.0 / run.Steps.Count))],
        Cost = new AttributionCost(3, 4_000, 200),
    });
}
