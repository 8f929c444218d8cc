using System.Globalization;
using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.Structural;
using AgentTrace.Attribution.Attributors.Structural.Views;
using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Learning.Features;
using AgentTrace.Attribution.Learning.Fitting;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Learning;

/// <summary>Blames the step that looks most like those a team labelled as decisive errors before. Asks no model.</summary>
/// <remarks>A run that looks unlike all that the ranker was trained on is left to <see cref="StructuralAttributor"/>, and the reason says so.</remarks>
public sealed class LearnedAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "learned";

    private const string Version = "3";
    private const int MostFeaturesNamed = 3;
    private readonly StepRanker _ranker;
    private readonly StepScorer _scorer = new(SignalWeights.Default);
    private readonly StructuralAttributor _fallback;
    private readonly WeightedSignal? _surprise;
    private readonly string _version;

    /// <summary>Creates the attributor over a trained ranker.</summary>
    /// <param name="ranker">The ranker.</param>
    /// <param name="model">A model of how the system's runs go, whose surprise at a step counts beside the ranker; null for none.</param>
    /// <param name="weight">What a wholly unexpected step is worth, in log-odds, from 0 on.</param>
    public LearnedAttributor(StepRanker ranker, ITraceModel? model = null, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(ranker);
        _ranker = ranker;
        _fallback = new StructuralAttributor(model, weight);
        _surprise = model is null ? null : SignalWeights.With(model, weight)[^1];
        _version = model is null ? $"{Version}-{ranker.Id}" : $"{Version}-{ranker.Id}-{model.Id}";
    }

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Attribute(run) with { Method = Method, MethodVersion = _version });
    }

    /// <summary>How unlike the training runs a run is: 1 is the limit above which the ranker is not used.</summary>
    public double UnlikenessOf(AgentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Steps.Count == 0 ? double.PositiveInfinity : _ranker.Profile.DistanceOf(RankerTrainer.FeaturesOf(run)) / _ranker.Profile.Limit;
    }

    private FailureAttribution Attribute(AgentRun run)
    {
        if (run.Steps.Count == 0)
            return _fallback.Abstain();
        using RunView view = new(run);
        StepScores signals = _scorer.Score(view);
        FeatureTable features = StepFeatures.Of(view, signals);
        if (_ranker.Profile.DistanceOf(features) > _ranker.Profile.Limit)
        {
            FailureAttribution structural = _fallback.Attribute(view);
            return structural with { Reason = $"{Unlike(features)} {structural.Reason}" };
        }

        ModelScores scores = _ranker.Models.ScoresOf(features, _ranker.CoreAlone);
        double[] totals = StepFeatures.SignalTotals(features), choice = _ranker.Choice.Of(scores.Choice, totals);
        StepScores? surprise = _surprise is null ? null : new StepScorer([_surprise]).Score(view);
        for (int step = 0; step < choice.Length; step++)
            choice[step] += surprise?.Totals[step] ?? 0;
        IReadOnlyList<StepBlame> ranking = StepScorer.Rank(run.Steps, choice);
        StepBlame top = ranking[0];
        Explanation explanation = new(view, signals, top.Step);
        return new FailureAttribution
        {
            Method = Method,
            MethodVersion = _version,
            Verdict = AttributionVerdict.DecisiveError,
            Step = top.Step,
            Agent = top.Agent,
            Confidence = Math.Min(ConditionalLogit.Shares(_ranker.Trust.Of(scores.Trust, totals), 1)[top.Step], SurestOf(_ranker.TrainingRuns)),
            Reason = $"{Likeness(features, top.Step)} {Unexpected(view, surprise, top.Step)}{explanation.Reason}",
            Ranking = ranking,
            EvidenceSpanIds = explanation.SpanIds,
        };
    }

    /// <summary>So many labels cannot show a rate of errors below this one (Laplace's rule of succession).</summary>
    private static double SurestOf(int labels) => (labels + 1.0) / (labels + 2.0);

    private static string Unexpected(RunView view, StepScores? surprise, int step) =>
        surprise?.HasEvidence(step) == true ? $"{new Explanation(view, surprise, step).Reason} " : "";

    private string Unlike(FeatureTable features)
    {
        IEnumerable<string> farthest = _ranker.Profile.FarthestFeatures(features).Take(MostFeaturesNamed).Select(feature => StepFeatures.Names[feature]);
        return $"The run looks unlike the {_ranker.TrainingRuns} that the ranker was trained on ({string.Join(", ", farthest)}), so that the structural signals decide alone.";
    }

    private string Likeness(FeatureTable features, int step)
    {
        double[] scaled = new double[StepFeatures.Count];
        _ranker.Models.Scale.Scale(features.RowOf(step), scaled);
        IEnumerable<string> foremost = Enumerable.Range(0, scaled.Length)
            .Select(feature => (Feature: feature, Part: scaled[feature] * (_ranker.Models.Core[feature] + (_ranker.CoreAlone ? 0 : _ranker.Models.Broad[feature]))))
            .Where(part => part.Part > 0)
            .OrderByDescending(part => part.Part)
            .Take(MostFeaturesNamed)
            .Select(part => StepFeatures.Names[part.Feature]);
        return string.Create(CultureInfo.InvariantCulture, $"Step {step} is the most like the decisive errors of {_ranker.TrainingRuns} labelled runs ({string.Join(", ", foremost)}).");
    }
}
