using AgentTrace.Conventions;

namespace AgentTrace.Attribution.Runs.Spans;

/// <summary>Reads from a trace how its run ended.</summary>
/// <remarks>
/// A run has failed when its root span (the trace's, or an outermost <c>invoke_workflow</c> below it) is an ERROR, or <c>agenttrace.run.outcome</c> says <c>failure</c>, or a <c>gen_ai.evaluation.result</c>
/// on any span is labelled as a failure. Else it has succeeded when one of the same three says so, and else nobody has said.
/// Failure is looked for first: one failed check outweighs any number of passed ones.
/// </remarks>
internal static class OutcomeReader
{
    /// <summary>An evaluation of this name is a verdict on who failed, not on whether the run did.</summary>
    private const string AttributionEvaluation = "failure_attribution";

    private static readonly HashSet<string> FailureLabels = new(StringComparer.OrdinalIgnoreCase) { "fail", "failed", "failure", "incorrect" };
    private static readonly HashSet<string> SuccessLabels = new(StringComparer.OrdinalIgnoreCase) { "pass", "passed", "success", "correct" };

    public static (RunOutcome Outcome, string? Reason) Read(SpanTree tree)
    {
        if (Marked(tree, AgentTraceAttributes.FailureOutcome) is { } marked)
            return (RunOutcome.Failure, marked);
        if (tree.RunSpans.FirstOrDefault(span => span.Status == SpanStatus.Error) is { } root)
            return (RunOutcome.Failure, $"the root span ended in an error: {SpanErrors.Of(root)}");
        if (Evaluated(tree, FailureLabels) is { } failed)
            return (RunOutcome.Failure, failed);
        if (Marked(tree, AgentTraceAttributes.SuccessOutcome) is { } done)
            return (RunOutcome.Success, done);
        if (Evaluated(tree, SuccessLabels) is { } passed)
            return (RunOutcome.Success, passed);
        return tree.Root is { Status: SpanStatus.Ok } ? (RunOutcome.Success, "the root span's status is OK") : (RunOutcome.Unknown, null);
    }

    // The run's span need not be the trace's root: a web request may stand above it.
    private static string? Marked(SpanTree tree, string outcome)
    {
        AgentSpan? span = tree.All.FirstOrDefault(s => string.Equals(s.Text(AgentTraceAttributes.RunOutcome), outcome, StringComparison.OrdinalIgnoreCase));
        return span is null ? null : span.Text(AgentTraceAttributes.RunOutcomeReason) ?? $"the run is marked as {outcome}";
    }

    private static string? Evaluated(SpanTree tree, HashSet<string> labels)
    {
        foreach (AgentSpanEvent result in tree.All.SelectMany(span => span.Events).Where(e => e.Name == GenAiAttributes.EvaluationResultEvent))
        {
            if (result.Text(GenAiAttributes.EvaluationName) == AttributionEvaluation
                || result.Text(GenAiAttributes.EvaluationScoreLabel)?.Trim() is not { } label || !labels.Contains(label))
                continue;
            string reason = $"the evaluation {result.Text(GenAiAttributes.EvaluationName) ?? "without a name"} says {label}";
            return result.Text(GenAiAttributes.EvaluationExplanation) is { Length: > 0 } why ? $"{reason}: {why}" : reason;
        }

        return null;
    }
}
