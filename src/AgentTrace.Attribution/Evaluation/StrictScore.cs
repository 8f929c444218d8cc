using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>When a verdict counts as right: the same base agent name and the same step number.</summary>
/// <remarks>
/// Stricter than the scorer published with Who&amp;When (arXiv 2505.00212), which compares by substring: there gold step 1 "matches" step 12.
/// </remarks>
public static class StrictScore
{
    /// <summary>Whether both names are the same agent: the text before <c>" ("</c>, whatever its case.</summary>
    public static bool SameAgent(string? predicted, string gold)
    {
        ArgumentNullException.ThrowIfNull(gold);
        return predicted is not null && string.Equals(SpeakerName.BaseOf(predicted), SpeakerName.BaseOf(gold), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the step is the gold one; no step named is wrong.</summary>
    public static bool SameStep(int? predicted, int gold) => predicted == gold;

    /// <summary>Whether the verdict names the gold agent.</summary>
    public static bool AgentIsRight(FailureAttribution verdict, RunLabel gold)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(gold);
        return SameAgent(verdict.Agent, gold.Agent);
    }

    /// <summary>Whether the verdict names the gold step.</summary>
    public static bool StepIsRight(FailureAttribution verdict, RunLabel gold)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(gold);
        return SameStep(verdict.Step, gold.Step);
    }
}
