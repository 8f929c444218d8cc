using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent was to act and said and did nothing.</summary>
internal sealed class EmptyOutputSignal : ISignal
{
    public string Name => "empty-output";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        if (!run.HasContent)
            return;
        foreach (StepView step in run.Steps)
        {
            if (!step.IsHuman && step.Step.ToolCalls.Count == 0 && step.Step.HandoffTo is null && step.Text.Head.IsWhiteSpace())
                hits.Add(new SignalHit(step.Index, 1));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) => new($"{run.Steps[hit.Step].Agent} puts out nothing in step {hit.Step}");
}
