using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Prior against steps that decide nothing: the user's words, the task as it was handed over, reports of a program's run, a bare last word.</summary>
internal sealed class BystanderSignal : ISignal
{
    public string Name => "bystander";

    public bool IsPrior => true;

    public IEnumerable<SignalHit> Find(RunView run)
    {
        bool hasContent = run.HasContent;
        foreach (StepView step in run.Steps)
        {
            if (step.IsHuman || step.IsExecutor || (step.StatesTask && !step.IsWork) || (hasContent && step.IsBare && step.Step.Error is null))
                yield return new SignalHit(step.Index, 1, $"Step {step.Index} only passes things on");
        }
    }
}
