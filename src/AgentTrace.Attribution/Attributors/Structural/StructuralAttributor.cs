using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Structural;

/// <summary>Blames a step by what errors leave behind in a run: failed tools, loops, assumptions handed on. Asks no model.</summary>
/// <remarks>
/// Deterministic: each signal that fires at a step adds its weight times its strength, and a softmax over the sums gives the ranking. Works
/// without content too, on errors, order and the names of tools. A run without steps is abstained from. Where nothing fires but the prior of
/// place, the likeliest place is named with half its probability as the confidence.
/// </remarks>
public sealed class StructuralAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "structural";

    private const string Version = "2";
    private readonly StepScorer _scorer;

    /// <summary>Creates the attributor.</summary>
    public StructuralAttributor() : this(SignalWeights.Default)
    {
    }

    internal StructuralAttributor(IReadOnlyList<WeightedSignal> signals) => _scorer = new StepScorer(signals);

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        if (run.Steps.Count == 0)
            return ValueTask.FromResult(Abstain());
        using RunView view = new(run);
        return ValueTask.FromResult(Attribute(view, _scorer.Score(view)));
    }

    internal FailureAttribution Abstain() => new()
    {
        Method = Method,
        MethodVersion = Version,
        Verdict = AttributionVerdict.Abstained,
        Reason = "The run has no step to blame.",
        Ranking = [],
    };

    internal FailureAttribution Attribute(RunView view, StepScores scores)
    {
        AgentRun run = view.Run;
        IReadOnlyList<StepBlame> ranking = StepScorer.Rank(run.Steps, scores.Totals);
        StepBlame top = ranking[0];
        Explanation explanation = new(view, scores, top.Step);
        return new FailureAttribution
        {
            Method = Method,
            MethodVersion = Version,
            Verdict = AttributionVerdict.DecisiveError,
            Step = top.Step,
            Agent = top.Agent,
            Confidence = scores.HasEvidence(top.Step) ? top.Probability : top.Probability / 2,
            Reason = explanation.Reason,
            Ranking = ranking,
            EvidenceSpanIds = explanation.SpanIds,
        };
    }
}
