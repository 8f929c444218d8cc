using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The same agent calls the same tool with the same arguments again: blame the first repetition, the step where going on should have stopped.</summary>
/// <remarks>The first call is not the error: only the second says that the agent does not take in what it got.</remarks>
internal sealed class RepeatedCallSignal : ISignal
{
    public string Name => "repeated-call";

    public IEnumerable<SignalHit> Find(RunView run)
    {
        Dictionary<(string Agent, string Tool, string? Arguments), List<StepView>> seen = [];
        foreach (StepView step in run.Steps)
        {
            foreach (var call in step.Step.ToolCalls)
            {
                var key = (step.Agent.ToUpperInvariant(), call.Name, call.Arguments);
                if (!seen.TryGetValue(key, out List<StepView>? steps))
                    seen[key] = steps = [];
                // A retry within one turn is no loop of the run.
                if (steps.Count == 0 || steps[^1].Index != step.Index)
                    steps.Add(step);
            }
        }

        foreach (((_, string tool, string? arguments), List<StepView> steps) in seen)
        {
            // Without arguments nobody knows whether the calls were the same: more of them are needed, and they weigh less.
            int least = arguments is null ? 3 : 2;
            if (steps.Count < least || EndedWell(steps[^1], tool, arguments, steps[0]))
                continue;
            StepView blamed = steps[1];
            double strength = (steps.Count >= 3 ? 1 : 0.6) * (arguments is null ? 0.5 : 1);
            yield return new SignalHit(
                blamed.Index, strength, $"{blamed.Agent} is in a loop: {tool} is called {(arguments is null ? "again and again" : "with the same arguments")} in the steps {string.Join(", ", steps.Take(8).Select(step => step.Index))}; step {blamed.Index} is the first repetition")
            {
                EvidenceSteps = [.. steps.Take(8).Select(step => step.Index)],
            };
        }
    }

    // A call that failed first and worked in the end was worth repeating.
    private static bool EndedWell(StepView last, string tool, string? arguments, StepView first) =>
        first.Step.ToolCalls.Any(call => call.Name == tool && call.Arguments == arguments && ToolFailure.WhatFailed(call) is not null)
        && last.Step.ToolCalls.Any(call => call.Name == tool && call.Arguments == arguments && ToolFailure.WhatFailed(call) is null);
}
