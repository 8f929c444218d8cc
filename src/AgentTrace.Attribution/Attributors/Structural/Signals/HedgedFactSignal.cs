using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>An agent states what it assumes or has made up, and has called no tool that could back it.</summary>
internal sealed class HedgedFactSignal : ISignal
{
    private const double MadeUp = 0.5;
    private const double Assumed = 0.35;

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
        if (step.IsHuman || step.IsExecutor || step.StatesTask || step.Step.HandoffTo is not null && step.Step.ToolCalls.Count > 0 || HasBacking(step))
            return 0;
        return Math.Min(1, (MadeUp * Phrases.Count(step.Text, Phrases.MadeUp, 2)) + (Assumed * Phrases.Count(step.Text, Phrases.Assumed, 3)));
    }

    private static bool HasBacking(StepView step) => step.Step.ToolCalls.Any(call => ToolFailure.WhatFailed(call) is null);
}
