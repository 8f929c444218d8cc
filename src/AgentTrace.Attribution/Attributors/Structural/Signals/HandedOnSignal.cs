using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Facts that first appear in a step without any tool behind it, and that other agents then build on.</summary>
internal sealed class HandedOnSignal : ISignal
{
    private const int Full = 3;

    public string Name => "handed-on";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        HashSet<int> known = [.. run.TaskWords.Words];
        foreach (StepView step in run.Steps)
        {
            int[] fresh = [.. step.Words.Facts.Where(fact => !known.Contains(fact))];
            known.UnionWith(step.Words.Words);
            if (fresh.Length == 0 || HedgedFactSignal.StrengthOf(step) is var hedged && hedged <= 0)
                continue;
            StepView? user = null;
            int most = 0;
            foreach (StepView later in run.Steps.Skip(step.Index + 1))
            {
                if (RunView.SameAgent(later, step))
                    continue;
                int shared = fresh.Count(fact => Array.BinarySearch(later.Words.Facts, fact) >= 0);
                if (shared > most)
                    (user, most) = (later, shared);
            }

            if (user is not null)
            {
                yield return new SignalHit(step.Index, Math.Min(1, (double)most / Full) * hedged, $"{user.Agent} builds on it in step {user.Index}")
                {
                    EvidenceSteps = [user.Index],
                };
            }
        }
    }
}
