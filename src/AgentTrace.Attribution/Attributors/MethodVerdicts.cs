using AgentTrace.Attribution.Judges;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors;

/// <summary>Writes the verdicts of one method that asks a model.</summary>
internal sealed class MethodVerdicts(string method, string version)
{
    /// <summary>Names a step, and the agent that acts there unless the method blames another.</summary>
    public FailureAttribution Blame(JudgeSession session, Step step, IReadOnlyList<StepBlame> ranking, string reason, string? agent = null) =>
        Write(AttributionVerdict.DecisiveError, session, reason, ranking) with
        {
            Step = step.Index,
            Agent = agent ?? step.Agent,
            Confidence = ranking.FirstOrDefault(blame => blame.Step == step.Index)?.Probability ?? 0,
            EvidenceSpanIds = step.SpanId is { } id ? [id] : [],
        };

    /// <summary>Names nobody, for lack of evidence.</summary>
    public FailureAttribution Abstain(JudgeSession session, string reason, IReadOnlyList<StepBlame> ranking) =>
        Write(AttributionVerdict.Abstained, session, reason, ranking);

    /// <summary>Names nobody because nobody is to blame.</summary>
    public FailureAttribution NoAgentAtFault(JudgeSession session, string reason, IReadOnlyList<StepBlame> ranking) =>
        Write(AttributionVerdict.NoAgentAtFault, session, reason, ranking);

    /// <summary>Names nobody because there is no step.</summary>
    public FailureAttribution NoSteps() => new()
    {
        Method = method,
        MethodVersion = version,
        Verdict = AttributionVerdict.Abstained,
        Reason = "The run has no step to blame.",
        Ranking = [],
    };

    private FailureAttribution Write(AttributionVerdict verdict, JudgeSession session, string reason, IReadOnlyList<StepBlame> ranking) => new()
    {
        Method = method,
        MethodVersion = version,
        Verdict = verdict,
        Reason = session.Prompt.Removed is { } removed ? $"{reason} {removed}" : reason,
        Ranking = ranking,
        Cost = session.Cost,
    };
}
