using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The turn itself ended in an error.</summary>
internal sealed class TurnErrorSignal : ISignal
{
    private const double Mended = 0.3;

    public string Name => "turn-error";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        int[]? lastGood = null;
        foreach (StepView step in run.Steps)
        {
            if (step.Step.Error is null)
                continue;
            // A turn that its caller broke off, or that the same agent did over without an error, weighs less.
            bool mended = (lastGood ??= LastGood(run))[step.AgentNumber] > step.Index;
            hits.Add(new SignalHit(step.Index, step.Step.Abandoned || mended ? Mended : 1));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        return new SignalEvidence($"The turn of {step.Agent} at step {hit.Step} failed: \"{BoundedText.Quote(step.Step.Error!)}\"");
    }

    private static int[] LastGood(RunView run)
    {
        int[] last = new int[run.AgentCount];
        foreach (StepView step in run.Steps)
        {
            if (step.Step.Error is null)
                last[step.AgentNumber] = step.Index;
        }

        return last;
    }
}
