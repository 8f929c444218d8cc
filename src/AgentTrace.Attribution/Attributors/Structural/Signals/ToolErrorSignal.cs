using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>A tool failed and no later call made it good.</summary>
internal sealed class ToolErrorSignal : ISignal
{
    public string Name => "tool-error";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        for (int i = 0; i < run.ToolFailures.Count; i++)
            hits.Add(new SignalHit(run.ToolFailures[i].Step.Index, 1, Detail: i));
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        ToolFailure failure = run.ToolFailures[hit.Detail];
        return new SignalEvidence($"The tool {failure.Call.Name} failed in step {hit.Step} and was never made good: \"{BoundedText.Quote(failure.What)}\"")
        {
            SpanIds = failure.SpanIds,
        };
    }
}
