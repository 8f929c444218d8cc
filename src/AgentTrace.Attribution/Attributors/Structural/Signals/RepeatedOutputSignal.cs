using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The same agent says almost the same again: blame the first repetition.</summary>
internal sealed class RepeatedOutputSignal : ISignal
{
    private const double Alike = 0.9;
    private const int LookBack = 6;
    private const int FewestWords = 8;

    public string Name => "repeated-output";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        // For each agent its latest steps, as a ring.
        int[] latest = new int[run.AgentCount * LookBack];
        int[] counts = new int[run.AgentCount];
        bool[] repeated = new bool[run.Steps.Length];
        foreach (StepView step in run.Steps)
        {
            if (step.IsHuman || step.IsExecutor || run.WordsOf(step).Length < FewestWords)
                continue;
            Span<int> ring = latest.AsSpan(step.AgentNumber * LookBack, LookBack);
            int count = counts[step.AgentNumber]++;
            int same = Latest(run, step, ring, count);
            ring[count % LookBack] = step.Index;
            repeated[step.Index] = same >= 0;
            // A repetition of a repetition is the same loop; its first step is blamed already.
            if (same >= 0 && !repeated[same])
                hits.Add(new SignalHit(step.Index, 1, same));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        return new SignalEvidence($"{step.Agent} repeats in step {hit.Step} what it said in step {hit.Other}: \"{BoundedText.Quote(step.Step.Output)}\"") { Steps = [hit.Other] };
    }

    private static int Latest(RunView run, StepView step, ReadOnlySpan<int> ring, int count)
    {
        for (int i = count - 1; i >= Math.Max(0, count - LookBack); i--)
        {
            int earlier = ring[i % LookBack];
            if (run.Likeness(step, run.Steps[earlier], Alike) >= Alike)
                return earlier;
        }

        return -1;
    }
}
