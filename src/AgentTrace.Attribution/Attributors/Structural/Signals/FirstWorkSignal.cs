using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Prior: errors that decide a run are made where work begins, since everything later builds on it; each later piece of work counts less.</summary>
internal sealed class FirstWorkSignal : ISignal
{
    private const double Decay = 0.7;

    public string Name => "first-work";

    public bool IsPrior => true;

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        bool anyWork = Array.Exists(run.Steps, step => step.IsWork);
        double strength = 1;
        int rank = 0;
        foreach (StepView step in run.Steps)
        {
            if (anyWork ? !step.IsWork : !step.IsAgentsOwn)
                continue;
            hits.Add(new SignalHit(step.Index, strength, Detail: ++rank));
            strength *= Decay;
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) => new(hit.Detail == 1
        ? $"Step {hit.Step} is the first that others build on"
        : $"Step {hit.Step} is number {hit.Detail} of the steps that others build on");
}
