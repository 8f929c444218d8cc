using AgentTrace.Attribution.Judges.Budgets;

namespace AgentTrace.Attribution.Attributors;

/// <summary>Settings of every method that asks a model.</summary>
public record JudgeMethodOptions
{
    /// <summary>Whether prompts show <see cref="Runs.AgentRun.ExpectedAnswer"/> where it is known (the paper's "with ground truth"). Default: true.</summary>
    public bool UseGroundTruth { get; init; } = true;

    /// <summary>Characters of one step that a prompt may show, at least 100; longer steps are shortened, which the prompt says. Default: 16,000.</summary>
    public int MaxStepCharacters { get; init; } = 16_000;

    /// <summary>The most that one run may cost. Default: no limit.</summary>
    public JudgeBudget Budget { get; init; } = JudgeBudget.Unlimited;

    internal virtual void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxStepCharacters, 100);
        ArgumentNullException.ThrowIfNull(Budget);
        Budget.Checked();
    }
}
