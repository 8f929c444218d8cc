using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural.Views;

/// <summary>What signals need to know of a step, computed once.</summary>
internal sealed class StepView
{
    private const int TaskStart = 60;
    private const int BareLength = 30;

    public StepView(Step step, string? task)
    {
        Step = step;
        Text = BoundedText.Of(step.Output);
        Words = WordScan.Of(Text);
        HasCode = HoldsCode(Text);
        (IsExecutionReport, ExecutionFailed) = ExecutionResult.Read(Text);
        IsHuman = IsHumanName(step.Agent);
        StatesTask = step.Index == 0 && (IsHuman || StartsTask(task));
    }

    public Step Step { get; }

    public int Index => Step.Index;

    public string Agent => Step.Agent;

    /// <summary>The output, without its middle where it is huge.</summary>
    public string Text { get; }

    public WordScan Words { get; }

    /// <summary>A fenced block of code stands in the output.</summary>
    public bool HasCode { get; }

    /// <summary>The step reports what a program printed and how it ended.</summary>
    public bool IsExecutionReport { get; }

    public bool ExecutionFailed { get; }

    public bool IsHuman { get; }

    /// <summary>The first step, which hands the task to the agents.</summary>
    public bool StatesTask { get; }

    /// <summary>Set by <see cref="RunView"/>: the agent only runs what others wrote.</summary>
    public bool IsExecutor { get; set; }

    /// <summary>The agent called a tool; handing over by a tool does not count.</summary>
    public bool UsesTools => Step.ToolCalls.Any(call => HandoffTools.TargetOf(call) is null);

    /// <summary>The agent did something that others can build on: called a tool, wrote code, answered a handoff.</summary>
    public bool IsWork => !IsExecutor && !IsHuman && (UsesTools || HasCode || Step.HandoffFrom is not null);

    /// <summary>No tool, and no more than a word or two.</summary>
    public bool IsBare => Step.ToolCalls.Count == 0 && Text.AsSpan().Trim().Length <= BareLength;

    private bool StartsTask(string? task)
    {
        ReadOnlySpan<char> start = task.AsSpan().Trim();
        return !start.IsEmpty && Text.AsSpan().Contains(start[..Math.Min(TaskStart, start.Length)], StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHumanName(string agent) =>
        agent.Equals("human", StringComparison.OrdinalIgnoreCase) || agent.Equals("user", StringComparison.OrdinalIgnoreCase);

    private static bool HoldsCode(string text) =>
        text.StartsWith("```", StringComparison.Ordinal) || text.Contains("\n```", StringComparison.Ordinal);
}
