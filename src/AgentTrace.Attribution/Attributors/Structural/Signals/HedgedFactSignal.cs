using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent states what it assumes or has made up, and has called no tool that could back it.</summary>
internal sealed class HedgedFactSignal : ISignal
{
    private const double MadeUp = 0.5;
    private const double Assumed = 0.5;
    private const int FullLength = 1_000;

    public string Name => "hedged-fact";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        foreach (StepView step in run.Steps)
        {
            double strength = StrengthOf(step);
            if (strength <= 0)
                continue;
            int at = step.Text.AsSpan().IndexOfAny(Phrases.MadeUp) is >= 0 and int madeUp ? madeUp : step.Text.AsSpan().IndexOfAny(Phrases.Assumed);
            yield return new SignalHit(step.Index, strength, $"{step.Agent} assumes in step {step.Index} instead of looking it up: \"{BoundedText.Quote(step.Text, at)}\"");
        }
    }

    /// <summary>How much of the step is assumed, 0..1.</summary>
    public static double StrengthOf(StepView step)
    {
        if (step.IsHuman || step.IsExecutor || step.StatesTask || HasBacking(step))
            return 0;
        double hedges = (MadeUp * Phrases.Count(step.Text, Phrases.MadeUp, 2)) + (Assumed * Phrases.Count(step.Text, Phrases.Assumed, 2));
        // One guess in a long plan is ordinary; one guess in a short answer is the answer.
        return Math.Min(1, hedges) * Math.Min(1, (double)FullLength / Math.Max(1, step.Text.Length));
    }

    private static bool HasBacking(StepView step) =>
        step.Step.ToolCalls.Any(call => HandoffTools.TargetOf(call) is null && ToolFailure.WhatFailed(call) is null);
}
