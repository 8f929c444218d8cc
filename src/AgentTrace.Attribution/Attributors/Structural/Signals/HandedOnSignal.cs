using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>Facts that first appear in a step that assumes them, and that other agents then build on.</summary>
internal sealed class HandedOnSignal : ISignal
{
    private const int Full = 3;

    public string Name => "handed-on";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        if (Hedged(run) is not { } hedged)
            return;
        // A fact is fresh in one step only, so that one look at each use of each fact is enough for all steps together.
        int[] shared = new int[run.Steps.Length];
        (int User, int Facts)[] best = new (int, int)[run.Steps.Length];
        foreach (StepView user in run.Steps)
        {
            Count(run, user, hedged, shared, 1);
            foreach (int fact in run.FactsOf(user))
            {
                int source = run.Table.FirstStepOf(fact);
                if (source >= 0 && shared[source] > best[source].Facts)
                    best[source] = (user.Index, shared[source]);
            }

            Count(run, user, hedged, shared, -1);
        }

        for (int step = 0; step < best.Length; step++)
        {
            if (best[step].Facts > 0)
                hits.Add(new SignalHit(step, Math.Min(1, (double)best[step].Facts / Full) * hedged[step], best[step].User));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) => new($"{run.Steps[hit.Other].Agent} builds on it in step {hit.Other}") { Steps = [hit.Other] };

    private static double[]? Hedged(RunView run)
    {
        double[]? hedged = null;
        foreach (StepView step in run.Steps)
        {
            if (HedgedFactSignal.StrengthOf(step) is > 0 and double strength)
                (hedged ??= new double[run.Steps.Length])[step.Index] = strength;
        }

        return hedged;
    }

    private static void Count(RunView run, StepView user, double[] hedged, int[] shared, int one)
    {
        foreach (int fact in run.FactsOf(user))
        {
            int source = run.Table.FirstStepOf(fact);
            if (source >= 0 && source < user.Index && hedged[source] > 0 && !RunView.SameAgent(run.Steps[source], user))
                shared[source] += one;
        }
    }
}
