using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent says that all went well right after the run or the tool it speaks of had failed.</summary>
internal sealed class ContradictedClaimSignal : ISignal
{
    public string Name => "contradicted-claim";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        for (int i = 1; i < run.Steps.Length; i++)
        {
            StepView step = run.Steps[i];
            // A step that runs something itself speaks of that.
            if (step.IsAgentsOwn && !step.UsesTools && !step.HasCode && run.Steps[i - 1].Failed && !step.Acknowledges
                && step.Text.IndexOfAny(Phrases.ClaimsSuccess) >= 0)
                hits.Add(new SignalHit(i, 1, i - 1));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        return new SignalEvidence($"{step.Agent} claims success in step {hit.Step}, and step {hit.Other} had just failed: \"{step.Text.Quote(Phrases.ClaimsSuccess)}\"") { Steps = [hit.Other] };
    }
}
