using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent answers a handoff without a single one of the names and numbers it was given to work on.</summary>
internal sealed class IgnoredInstructionSignal : ISignal
{
    private const int FewestFacts = 3;
    private const int FewestWords = 8;

    public string Name => "ignored-instruction";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        int[]? requests = null;
        foreach (StepView step in run.Steps)
        {
            if (requests is not null && requests[step.AgentNumber] is > 0 and int waiting)
            {
                requests[step.AgentNumber] = 0;
                StepView request = run.Steps[waiting - 1];
                if (!step.IsExecutor && !step.UsesTools && run.FactsOf(request).Length >= FewestFacts
                    && run.WordsOf(step).Length >= FewestWords && run.SharedFacts(request, step) == 0)
                    hits.Add(new SignalHit(step.Index, 1, request.Index));
            }

            int target = run.AgentNumber(step.Step.HandoffTo);
            if (target >= 0 && target != step.AgentNumber)
                (requests ??= new int[run.AgentCount])[target] = step.Index + 1;
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit) =>
        new($"{run.Steps[hit.Step].Agent} takes up in step {hit.Step} nothing of what step {hit.Other} told it to do") { Steps = [hit.Other] };
}
