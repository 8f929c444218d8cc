using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Attributors.Spectrum;

/// <summary>How suspicious each action is, by the runs it occurs in: Kulczynski2 of spectrum-based fault localization, over coverage that decays.</summary>
/// <remarks>
/// The first occurrence in a run counts most: n occurrences cover it by 1 - decay^n. With ef and ep the coverage summed over failed and passed runs
/// and F the failed runs, the suspicion is (ef / F + ef / (ef + ep)) / 2.
/// </remarks>
internal sealed class Suspicion
{
    private readonly Dictionary<StepAction, (double Failed, double Passed)> _coverage = [];
    private readonly double _failedRuns;

    public Suspicion(IEnumerable<AgentRun> failed, IEnumerable<AgentRun> passed, double decay)
    {
        foreach (AgentRun run in failed)
        {
            _failedRuns++;
            foreach ((StepAction action, double covered) in Cover(run, decay))
                _coverage[action] = (_coverage.GetValueOrDefault(action).Failed + covered, _coverage.GetValueOrDefault(action).Passed);
        }

        foreach (AgentRun run in passed)
        {
            foreach ((StepAction action, double covered) in Cover(run, decay))
                _coverage[action] = (_coverage.GetValueOrDefault(action).Failed, _coverage.GetValueOrDefault(action).Passed + covered);
        }
    }

    /// <summary>0..1; 0 for an action that no failed run holds.</summary>
    public double Of(StepAction action)
    {
        (double failed, double passed) = _coverage.GetValueOrDefault(action);
        return failed == 0 ? 0 : ((failed / _failedRuns) + (failed / (failed + passed))) / 2;
    }

    private static IEnumerable<(StepAction Action, double Covered)> Cover(AgentRun run, double decay) =>
        run.Steps.GroupBy(StepAction.Of).Select(group => (group.Key, 1 - Math.Pow(decay, group.Count())));
}
