using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent states what it assumes or has made up, and has called no tool that could back it.</summary>
internal sealed class HedgedFactSignal : ISignal
{
    private const double OneHedge = 0.5;
    private const int FullLength = 1_000;

    public string Name => "hedged-fact";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        foreach (StepView step in run.Steps)
        {
            if (StrengthOf(step) is > 0 and double strength)
                hits.Add(new SignalHit(step.Index, strength));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView step = run.Steps[hit.Step];
        string quote = step.Text.Quote(step.Text.IndexOfAny(Phrases.MadeUp) >= 0 ? Phrases.MadeUp : Phrases.Assumed);
        return new SignalEvidence($"{step.Agent} assumes in step {hit.Step} instead of looking it up: \"{quote}\"");
    }

    /// <summary>How much of the step is assumed, 0..1.</summary>
    public static double StrengthOf(StepView step)
    {
        if (!step.IsAgentsOwn || HasBacking(step))
            return 0;
        // One guess in a long plan is ordinary; one guess in a short answer is the answer.
        return Math.Min(1, OneHedge * step.Hedges) * Math.Min(1, (double)FullLength / Math.Max(1, step.Text.Length));
    }

    private static bool HasBacking(StepView step)
    {
        foreach (ToolCall call in step.Step.ToolCalls)
        {
            if (HandoffTools.TargetOf(call) is null && ToolFailure.WhatFailed(call) is null)
                return true;
        }

        return false;
    }
}
