using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The turn itself ended in an error.</summary>
internal sealed class TurnErrorSignal : ISignal
{
    public string Name => "turn-error";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        Dictionary<string, int> lastGood = new(StringComparer.OrdinalIgnoreCase);
        foreach (StepView step in run.Steps.Where(step => step.Step.Error is null))
            lastGood[step.Agent] = step.Index;
        foreach (StepView step in run.Steps)
        {
            if (step.Step.Error is not { } error)
                continue;
            // A turn that its caller broke off, or that the same agent did over without an error, weighs less.
            bool mended = lastGood.TryGetValue(step.Agent, out int good) && good > step.Index;
            yield return new SignalHit(step.Index, step.Step.Abandoned || mended ? 0.3 : 1, $"The turn of {step.Agent} at step {step.Index} failed: \"{BoundedText.Quote(error)}\"");
        }
    }
}
