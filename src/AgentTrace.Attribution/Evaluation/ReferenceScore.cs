using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>When a verdict counts as right in the scorer published with Who&amp;When (arXiv 2505.00212): by substring. For comparing with published figures alone.</summary>
/// <remarks>The gold agent's name stands somewhere in the predicted one, the gold step's digits somewhere in the predicted step's: gold step 1 is found in step 12.</remarks>
public static class ReferenceScore
{
    /// <summary>Whether the reference scorer takes the verdict's agent as right.</summary>
    public static bool AgentIsRight(FailureAttribution verdict, RunLabel gold)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(gold);
        return verdict.Agent is { } agent && agent.Contains(gold.Agent, StringComparison.Ordinal);
    }

    /// <summary>Whether the reference scorer takes the verdict's step as right.</summary>
    public static bool StepIsRight(FailureAttribution verdict, RunLabel gold)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(gold);
        return verdict.Step is { } step && step.ToString(CultureInfo.InvariantCulture).Contains(gold.Step.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }
}
