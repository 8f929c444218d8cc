using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>A tool call that failed, and whether the run made it good later.</summary>
internal sealed record ToolFailure(StepView Step, ToolCall Call, string What)
{
    private const int ResultStart = 200;

    /// <summary>The call's span, where it has one.</summary>
    public IReadOnlyList<string> SpanIds => Call.SpanId is { } id ? [id] : [];

    /// <summary>The failed calls that no later call made good.</summary>
    public static ToolFailure[] Unrecovered(RunView run)
    {
        if (!Array.Exists(run.Steps, step => step.Step.ToolCalls.Count > 0))
            return [];
        // The same agent got the tool to work, or someone did with the very same arguments: where that happened last.
        Dictionary<(string Tool, int Agent), (int Step, int Call)> byAgent = [];
        Dictionary<(string Tool, string Arguments), (int Step, int Call)> byArguments = [];
        List<(ToolFailure Failure, (int Step, int Call) Place)> failures = [];
        foreach (StepView step in run.Steps)
        {
            for (int i = 0; i < step.Step.ToolCalls.Count; i++)
            {
                ToolCall call = step.Step.ToolCalls[i];
                if (WhatFailed(call) is { } what)
                {
                    failures.Add((new ToolFailure(step, call, what), (step.Index, i)));
                    continue;
                }

                byAgent[(call.Name, step.AgentNumber)] = (step.Index, i);
                if (call.Arguments is { } arguments)
                    byArguments[(call.Name, arguments)] = (step.Index, i);
            }
        }

        return [.. failures
            .Where(failed => !IsLater(byAgent, (failed.Failure.Call.Name, failed.Failure.Step.AgentNumber), failed.Place)
                && (failed.Failure.Call.Arguments is not { } arguments || !IsLater(byArguments, (failed.Failure.Call.Name, arguments), failed.Place)))
            .Select(failed => failed.Failure)];
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

    private static bool IsLater<TKey>(Dictionary<TKey, (int Step, int Call)> successes, TKey key, (int Step, int Call) failed)
        where TKey : notnull =>
        successes.TryGetValue(key, out (int Step, int Call) success) && success.CompareTo(failed) > 0;
}
