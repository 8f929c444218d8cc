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
        ILookup<int, StepView> users = run.Steps.SelectMany(step => step.Words.Facts, (step, fact) => (fact, step)).ToLookup(use => use.fact, use => use.step);
        foreach (StepView step in run.Steps)
        {
            int[] fresh = [.. step.Words.Facts.Where(fact => !known.Contains(fact))];
            known.UnionWith(step.Words.Words);
            if (fresh.Length == 0 || HedgedFactSignal.StrengthOf(step) is var hedged && hedged <= 0)
                continue;
            (StepView? user, int most) = MostBuiltOn(step, fresh, users);
            if (user is not null)
            {
                yield return new SignalHit(step.Index, Math.Min(1, (double)most / Full) * hedged, $"{user.Agent} builds on it in step {user.Index}")
                {
                    EvidenceSteps = [user.Index],
                };
            }
        }
    }

    /// <summary>The step of another agent that takes up most of the facts, the earliest among equals. A fact is fresh once only, so all steps together cost one look at each use.</summary>
    private static (StepView? User, int Facts) MostBuiltOn(StepView step, int[] fresh, ILookup<int, StepView> users)
    {
        Dictionary<StepView, int> shared = [];
        foreach (StepView later in fresh.SelectMany(fact => users[fact]))
        {
            if (later.Index > step.Index && !RunView.SameAgent(later, step))
                shared[later] = shared.GetValueOrDefault(later) + 1;
        }

        (StepView? user, int most) = (null, 0);
        foreach ((StepView later, int facts) in shared)
        {
            if (facts > most || (facts == most && later.Index < user!.Index))
                (user, most) = (later, facts);
        }

        return (user, most);
    }
}
