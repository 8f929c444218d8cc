using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Prior: errors that decide a run are made where work begins, since everything later builds on it; each later piece of work counts less.</summary>
internal sealed class FirstWorkSignal : ISignal
{
    private const double Decay = 0.7;

    public string Name => "first-work";

    public bool IsPrior => true;

    public IEnumerable<SignalHit> Find(RunView run)
    {
        bool anyWork = run.Steps.Any(step => step.IsWork);
        double strength = 1;
        int rank = 0;
        foreach (StepView step in run.Steps)
        {
            if (anyWork ? !step.IsWork : step.StatesTask || step.IsHuman || step.IsExecutor)
                continue;
            rank++;
            yield return new SignalHit(step.Index, strength, rank == 1
                ? $"Step {step.Index} is the first that others build on"
                : $"Step {step.Index} is number {rank} of the steps that others build on");
            strength *= Decay;
        }
    }
}
