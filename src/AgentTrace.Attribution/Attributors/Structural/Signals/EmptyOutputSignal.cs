using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent was to act and said and did nothing.</summary>
internal sealed class EmptyOutputSignal : ISignal
{
    public string Name => "empty-output";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        if (!run.HasContent)
            yield break;
        foreach (StepView step in run.Steps)
        {
            if (!step.IsHuman && step.Step.ToolCalls.Count == 0 && step.Step.HandoffTo is null && string.IsNullOrWhiteSpace(step.Text))
                yield return new SignalHit(step.Index, 1, $"{step.Agent} puts out nothing in step {step.Index}");
        }
    }
}
