using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>What signals need to know of a step, computed once.</summary>
internal sealed class StepView
{
    private const int TaskStart = 60;
    private const int BareLength = 30;
    private const int MostHedges = 2;
    private int _hedges = -1;
    private int _acknowledged = -1;
    private int _concluding = -1;

    public StepView(Step step, string? task)
    {
        Step = step;
        Text = new BoundedText(step.Output);
        HasCode = Text.Head.StartsWith("```") || Text.Head.Contains("\n```", StringComparison.Ordinal) || Text.Tail.Contains("\n```", StringComparison.Ordinal);
        (IsExecutionReport, ExecutionFailed) = ExecutionResult.Read(Text);
        IsHuman = IsHumanName(step.Agent);
        StatesTask = step.Index == 0 && (IsHuman || StartsTask(task));
        IsBare = step.ToolCalls.Count == 0 && Text.Head.Trim().Length <= BareLength;
        foreach (ToolCall call in step.ToolCalls)
            UsesTools |= HandoffTools.TargetOf(call) is null;
    }

    public Step Step { get; }

    public int Index => Step.Index;

    public string Agent => Step.Agent;

    /// <summary>The output.</summary>
    public BoundedText Text { get; }

    /// <summary>A fenced block of code stands in the output.</summary>
    public bool HasCode { get; }

    /// <summary>The step reports what a program printed and how it ended.</summary>
    public bool IsExecutionReport { get; }

    public bool ExecutionFailed { get; }

    public bool IsHuman { get; }

    /// <summary>The first step, which hands the task to the agents.</summary>
    public bool StatesTask { get; }

    /// <summary>No tool, and no more than a word or two.</summary>
    public bool IsBare { get; }

    /// <summary>The agent called a tool; handing over by a tool does not count.</summary>
    public bool UsesTools { get; }

    /// <summary>Set by <see cref="RunView"/>: the agent's number in the run, the same for every writing of its name.</summary>
    public int AgentNumber { get; set; }

    /// <summary>Set by <see cref="RunView"/>: the agent only runs what others wrote.</summary>
    public bool IsExecutor { get; set; }

    /// <summary>Set by <see cref="RunView"/>: how many words were read, repetitions included.</summary>
    public int WordCount { get; set; }

    /// <summary>The agent did something that others can build on: called a tool, wrote code, answered a handoff.</summary>
    public bool IsWork => !IsExecutor && !IsHuman && (UsesTools || HasCode || Step.HandoffFrom is not null);

    /// <summary>An agent's own words, rather than the user's, a machine's or the task's.</summary>
    public bool IsAgentsOwn => !IsHuman && !IsExecutor && !StatesTask;

    /// <summary>How often the output assumes or makes something up, up to four.</summary>
    public int Hedges
    {
        get
        {
            if (_hedges < 0)
                _hedges = Text.Count(Phrases.MadeUp, MostHedges) + Text.Count(Phrases.Assumed, MostHedges);
            return _hedges;
        }
    }

    /// <summary>The output speaks of something that did not work.</summary>
    public bool Acknowledges => Cached(ref _acknowledged, Phrases.Acknowledged);

    /// <summary>The output gives its answer as the last word.</summary>
    public bool Concludes => Cached(ref _concluding, Phrases.Concluding);

    /// <summary>The turn, a tool in it, or the program it reports on failed.</summary>
    public bool Failed
    {
        get
        {
            if (Step.Error is not null || ExecutionFailed)
                return true;
            foreach (ToolCall call in Step.ToolCalls)
            {
                if (ToolFailure.WhatFailed(call) is not null)
                    return true;
            }

            return false;
        }
    }

    private bool Cached(ref int known, System.Buffers.SearchValues<string> phrases)
    {
        if (known < 0)
            known = Text.IndexOfAny(phrases) >= 0 ? 1 : 0;
        return known == 1;
    }

    private bool StartsTask(string? task)
    {
        ReadOnlySpan<char> start = task.AsSpan().Trim();
        if (start.IsEmpty)
            return false;
        start = start[..Math.Min(TaskStart, start.Length)];
        return Text.Head.Contains(start, StringComparison.OrdinalIgnoreCase) || Text.Tail.Contains(start, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHumanName(string agent) =>
        agent.Equals("human", StringComparison.OrdinalIgnoreCase) || agent.Equals("user", StringComparison.OrdinalIgnoreCase);
}
