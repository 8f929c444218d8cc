using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Events;
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
    private readonly string _version = Version;

    /// <summary>Creates the attributor.</summary>
    public StructuralAttributor() : this(SignalWeights.Default)
    {
    }

    /// <summary>Creates the attributor with a model of how the system's runs go: a step that the model did not expect is one more signal.</summary>
    /// <param name="model">The model; null for none.</param>
    /// <param name="weight">What a wholly unexpected step is worth, in log-odds, from 0 on: more than 1 for a model of runs that went well alone.</param>
    public StructuralAttributor(ITraceModel? model, double weight = 1) : this(SignalWeights.With(model, weight))
    {
        if (model is not null)
            _version = $"{Version}-{model.Id}";
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
        return ValueTask.FromResult(Attribute(view));
    }

    internal FailureAttribution Abstain() => new()
    {
        Method = Method,
        MethodVersion = _version,
        Verdict = AttributionVerdict.Abstained,
        Reason = "The run has no step to blame.",
        Ranking = [],
    };

    internal FailureAttribution Attribute(RunView view)
    {
        StepScores scores = _scorer.Score(view);
        AgentRun run = view.Run;
        IReadOnlyList<StepBlame> ranking = StepScorer.Rank(run.Steps, scores.Totals);
        StepBlame top = ranking[0];
        Explanation explanation = new(view, scores, top.Step);
        return new FailureAttribution
        {
            Method = Method,
            MethodVersion = _version,
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
