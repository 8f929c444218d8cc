using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The run ends with an answer although the last thing that came back was an error, nothing, or the same as before.</summary>
internal sealed class PrematureEndSignal : ISignal
{
    private const int LookBack = 3;

    public string Name => "premature-end";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        StepView? last = run.Steps.LastOrDefault(step => !step.IsHuman && !step.IsExecutor && !step.IsBare);
        if (last is null || last.Step.ToolCalls.Count > 0 || last.Text.AsSpan().IndexOfAny(Phrases.Concluding) < 0)
            yield break;
        StepView? trouble = run.Steps.Take(last.Index).TakeLast(LookBack).LastOrDefault(step =>
            step.Step.Error is not null || step.ExecutionFailed || step.Step.ToolCalls.Any(call => ToolFailure.WhatFailed(call) is not null));
        if (trouble is not null)
        {
            yield return new SignalHit(last.Index, 1, $"{last.Agent} concludes in step {last.Index} although step {trouble.Index} had failed: \"{BoundedText.Quote(last.Text)}\"")
            {
                EvidenceSteps = [trouble.Index],
            };
        }
    }
}
