using AgentTrace.Attribution.Attributors.Structural.Views;

namespace AgentTrace.Attribution.Attributors.Structural.Signals;

/// <summary>The same agent calls the same tool with the same arguments again: blame the first repetition, the step where going on should have stopped.</summary>
/// <remarks>The first call is not the error: only the second says that the agent does not take in what it got.</remarks>
internal sealed class RepeatedCallSignal : ISignal
{
    private const int MostNamed = 8;

    public string Name => "repeated-call";

    public void Find(RunView run, ICollection<SignalHit> hits)
    {
        if (!Array.Exists(run.Steps, step => step.Step.ToolCalls.Count > 0))
            return;
        Dictionary<(int Agent, string Tool, string? Arguments), Loop> loops = [];
        foreach (StepView step in run.Steps)
        {
            for (int i = 0; i < step.Step.ToolCalls.Count; i++)
            {
                var call = step.Step.ToolCalls[i];
                var key = (step.AgentNumber, call.Name, call.Arguments);
                bool failed = ToolFailure.WhatFailed(call) is not null;
                loops[key] = loops.TryGetValue(key, out Loop loop) ? loop.Again(step.Index, i, failed) : Loop.Started(step.Index, failed);
            }
        }

        foreach (((_, _, string? arguments), Loop loop) in loops)
        {
            // Without arguments nobody knows whether the calls were the same: more of them are needed, and they weigh less.
            if (loop.Steps < (arguments is null ? 3 : 2) || loop.EndedWell)
                continue;
            hits.Add(new SignalHit(loop.Second, (loop.Steps >= 3 ? 1 : 0.6) * (arguments is null ? 0.5 : 1), loop.First, loop.SecondCall));
        }
    }

    public SignalEvidence Explain(RunView run, SignalHit hit)
    {
        StepView blamed = run.Steps[hit.Step];
        var call = blamed.Step.ToolCalls[hit.Detail];
        int[] steps = [.. run.Steps
            .Where(step => RunView.SameAgent(step, blamed) && step.Step.ToolCalls.Any(other => other.Name == call.Name && other.Arguments == call.Arguments))
            .Take(MostNamed)
            .Select(step => step.Index)];
        string how = call.Arguments is null ? "again and again" : "with the same arguments";
        return new SignalEvidence(
            $"{blamed.Agent} is in a loop: {call.Name} is called {how} in the steps {string.Join(", ", steps)}; step {hit.Step} is the first repetition")
        {
            Steps = steps,
        };
    }

    /// <summary>The steps with one and the same call; several calls within one turn are a retry, and no loop of the run.</summary>
    private readonly record struct Loop(int First, int Second, int SecondCall, int Last, int Steps, bool FirstFailed, bool LastWorked)
    {
        /// <summary>A call that failed first and worked in the end was worth repeating.</summary>
        public bool EndedWell => FirstFailed && LastWorked;

        public static Loop Started(int step, bool failed) => new(step, -1, 0, step, 1, failed, !failed);

        public Loop Again(int step, int call, bool failed)
        {
            if (step == Last)
                return this with { FirstFailed = FirstFailed || (Steps == 1 && failed), LastWorked = LastWorked || !failed };
            return this with
            {
                Second = Steps == 1 ? step : Second,
                SecondCall = Steps == 1 ? call : SecondCall,
                Last = step,
                Steps = Steps + 1,
                LastWorked = !failed,
            };
        }
    }
}
