using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The same agent says almost the same again: blame the first repetition.</summary>
internal sealed class RepeatedOutputSignal : ISignal
{
    private const double Alike = 0.9;
    private const int LookBack = 6;
    private const int FewestWords = 8;

    public string Name => "repeated-output";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        Dictionary<string, List<StepView>> byAgent = new(StringComparer.OrdinalIgnoreCase);
        HashSet<int> repeated = [];
        foreach (StepView step in run.Steps)
        {
            if (step.IsHuman || step.IsExecutor || step.Words.Words.Length < FewestWords)
                continue;
            if (!byAgent.TryGetValue(step.Agent, out List<StepView>? earlier))
                byAgent[step.Agent] = earlier = [];
            StepView? same = Latest(earlier, step);
            earlier.Add(step);
            // A repetition of a repetition is the same loop; its first step is blamed already.
            if (same is null || (repeated.Add(step.Index) && repeated.Contains(same.Index)))
                continue;
            yield return new SignalHit(step.Index, 1, $"{step.Agent} repeats in step {step.Index} what it said in step {same.Index}: \"{BoundedText.Quote(step.Text)}\"")
            {
                EvidenceSteps = [same.Index],
            };
        }
    }

    private static StepView? Latest(List<StepView> earlier, StepView step)
    {
        for (int i = earlier.Count - 1; i >= Math.Max(0, earlier.Count - LookBack); i--)
        {
            if (WordScan.Likeness(earlier[i].Words.Words, step.Words.Words) >= Alike)
                return earlier[i];
        }

        return null;
    }
}
