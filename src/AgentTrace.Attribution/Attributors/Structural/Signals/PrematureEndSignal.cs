using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The run ends with an answer although the last thing that came back was an error.</summary>
internal sealed class PrematureEndSignal : ISignal
{
    private const int LookBack = 3;

    public string Name => "premature-end";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        StepView? last = Array.FindLast(run.Steps, step => !step.IsHuman && !step.IsExecutor && !step.IsBare);
        if (last is null || last.Step.ToolCalls.Count > 0 || !last.Concludes)
            return;
        for (int i = last.Index - 1; i >= Math.Max(0, last.Index - LookBack); i--)
        {
            if (!run.Steps[i].Failed)
                continue;
            hits.Add(new SignalHit(last.Index, 1, i));
            return;
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView last = run.Steps[hit.Step];
        return new SignalEvidence($"{last.Agent} concludes in step {hit.Step} although step {hit.Other} had failed: \"{BoundedText.Quote(last.Step.Output)}\"") { Steps = [hit.Other] };
    }
}
