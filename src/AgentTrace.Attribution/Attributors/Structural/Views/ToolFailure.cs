using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A tool call that failed, and whether the run made it good later.</summary>
internal sealed record ToolFailure(StepView Step, ToolCall Call, string What)
{
    private const int ResultStart = 200;

    /// <summary>The failed calls that no later call made good.</summary>
    public static IEnumerable<ToolFailure> Unrecovered(RunView run)
    {
        foreach (StepView step in run.Steps)
        {
            for (int i = 0; i < step.Step.ToolCalls.Count; i++)
            {
                ToolCall call = step.Step.ToolCalls[i];
                if (WhatFailed(call) is { } what && !IsMadeGood(run, step, i))
                    yield return new ToolFailure(step, call, what);
            }
        }
    }

    /// <summary>The error, or the result where it reads like one; null for a call that worked.</summary>
    public static string? WhatFailed(ToolCall call)
    {
        if (call.Error is not null)
            return call.Error;
        if (string.IsNullOrEmpty(call.Result))
            return null;
        ReadOnlySpan<char> start = call.Result.AsSpan(0, Math.Min(ResultStart, call.Result.Length));
        return start.IndexOfAny(Phrases.ErrorResult) is >= 0 and < 40 ? call.Result : null;
    }

    // The same agent got the tool to work, or someone did with the very same arguments.
    private static bool IsMadeGood(RunView run, StepView step, int callIndex)
    {
        ToolCall failed = step.Step.ToolCalls[callIndex];
        for (int s = step.Index; s < run.Steps.Length; s++)
        {
            IReadOnlyList<ToolCall> calls = run.Steps[s].Step.ToolCalls;
            for (int c = s == step.Index ? callIndex + 1 : 0; c < calls.Count; c++)
            {
                if (calls[c].Name == failed.Name && WhatFailed(calls[c]) is null
                    && (RunView.SameAgent(run.Steps[s], step) || (failed.Arguments is not null && calls[c].Arguments == failed.Arguments)))
                    return true;
            }
        }

        return false;
    }
}
