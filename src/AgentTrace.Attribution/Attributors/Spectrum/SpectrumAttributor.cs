using System.Globalization;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Spectrum;

/// <summary>Compares runs of one scenario: an action that failed runs have and passed runs lack is suspicious. Asks no model.</summary>
/// <remarks>
/// After FAMAS: spectrum-based fault localization over (agent, action) pairs with Kulczynski2 and decay, on several runs of the same task. Of the
/// steps that do the most suspicious thing the first is named. Runs are of one scenario when their tasks are the same text, or, where no task was
/// captured, their workflow names. With no other run, or none that passed and none more that failed, it abstains.
/// </remarks>
public sealed class SpectrumAttributor : IFailureAttributor
{
    /// <summary>The method's name.</summary>
    public const string MethodName = "spectrum";

    private const string Version = "1";
    private const double Decay = 0.5;

    /// <summary>Suspicions lie close together; the power says how far apart they are in probability.</summary>
    private const double Sharpness = 6;

    private readonly IReadOnlyList<AgentRun> _otherRuns;

    /// <summary>Creates the attributor.</summary>
    /// <param name="otherRuns">Other runs, failed and passed, of this and other scenarios; those with an unknown outcome are left out.</param>
    public SpectrumAttributor(IReadOnlyList<AgentRun> otherRuns)
    {
        ArgumentNullException.ThrowIfNull(otherRuns);
        _otherRuns = otherRuns;
    }

    /// <inheritdoc/>
    public string Method => MethodName;

    /// <inheritdoc/>
    public ValueTask<FailureAttribution> AttributeAsync(AgentRun run, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        cancellationToken.ThrowIfCancellationRequested();
        AgentRun[] same = [.. _otherRuns.Where(other => IsOther(other, run) && SameScenario(other, run))];
        AgentRun[] failed = [run, .. same.Where(other => other.Outcome == RunOutcome.Failure)];
        AgentRun[] passed = [.. same.Where(other => other.Outcome == RunOutcome.Success)];
        if (run.Steps.Count == 0)
            return ValueTask.FromResult(Abstain("The run has no step to blame.", []));
        return ValueTask.FromResult(failed.Length + passed.Length < 2
            ? Abstain("There is no other run of this scenario with a known outcome to compare with: give more runs of the same task.", StepRanking.Uniform(run.Steps))
            : Attribute(run, failed, passed));
    }

    private FailureAttribution Attribute(AgentRun run, AgentRun[] failed, AgentRun[] passed)
    {
        Suspicion suspicion = new(failed, passed, Decay);
        Dictionary<StepAction, int> seen = [];
        double[] weights = new double[run.Steps.Count];
        foreach (Step step in run.Steps)
        {
            StepAction action = StepAction.Of(step);
            int before = seen.GetValueOrDefault(action);
            seen[action] = before + 1;
            weights[step.Index] = Math.Pow(suspicion.Of(action), Sharpness) * Math.Pow(Decay, before);
        }

        double sum = weights.Sum();
        IReadOnlyList<StepBlame> ranking = [.. run.Steps.Select(step => new StepBlame(step.Index, step.Agent, weights[step.Index] / sum))
            .OrderByDescending(blame => blame.Probability)
            .ThenBy(blame => blame.Step)];
        Step culprit = run.Steps[ranking[0].Step];
        StepAction act = StepAction.Of(culprit);
        return new FailureAttribution
        {
            Method = Method,
            MethodVersion = Version,
            Verdict = AttributionVerdict.DecisiveError,
            Step = culprit.Index,
            Agent = culprit.Agent,
            Confidence = ranking[0].Probability,
            Reason = string.Create(CultureInfo.InvariantCulture,
                $"What {culprit.Agent} does in step {culprit.Index} ({act.Act}) occurs in {Holding(failed, act)} of {failed.Length} failed and {Holding(passed, act)} of {passed.Length} passed runs (suspicion {suspicion.Of(act):0.00})."),
            Ranking = ranking,
            EvidenceSpanIds = culprit.SpanId is { } id ? [id] : [],
        };
    }

    private static int Holding(AgentRun[] runs, StepAction action) => runs.Count(run => run.Steps.Any(step => StepAction.Of(step) == action));

    private static bool IsOther(AgentRun other, AgentRun run) =>
        !ReferenceEquals(other, run) && (other.Source is null || run.Source is null ? other.Id != run.Id : other.Source != run.Source || other.Id != run.Id);

    private static bool SameScenario(AgentRun one, AgentRun other) => one.Task is not null || other.Task is not null
        ? string.Equals(one.Task?.Trim(), other.Task?.Trim(), StringComparison.OrdinalIgnoreCase)
        : string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);

    private FailureAttribution Abstain(string reason, IReadOnlyList<StepBlame> ranking) => new()
    {
        Method = Method,
        MethodVersion = Version,
        Verdict = AttributionVerdict.Abstained,
        Reason = reason,
        Ranking = ranking,
    };
}
