using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Prior against steps that decide nothing: the user's words, the task as it was handed over, reports of a program's run, a bare last word.</summary>
internal sealed class BystanderSignal : ISignal
{
    public string Name => "bystander";

    public bool IsPrior => true;

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        foreach (StepView step in run.Steps)
        {
            if (step.IsHuman || step.IsExecutor || (step.StatesTask && !step.IsWork) || (run.HasContent && step.IsBare && step.Step.Error is null))
                hits.Add(new SignalHit(step.Index, 1));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) => new($"Step {hit.Step} only passes things on");
}
