using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Attributors.BayesianSearch;
using AgentTrace.Attribution.Judges.Reliability;
using AgentTrace.Attribution.Runs;
using Microsoft.Extensions.AI;

namespace AgentTrace.Attribution.Evaluation.Methods;

/// <summary>The method <c>bayesian-search</c>, with its prior fitted and its judge's reliability measured on the training runs of each fold.</summary>
/// <param name="judge">The judge for a seed; the caller keeps it and disposes it.</param>
/// <param name="prior">Where the search starts.</param>
/// <param name="options">Its settings; null for the defaults.</param>
public sealed class BayesianSearchMethod(Func<int, IChatClient> judge, IEvaluatedMethod prior, BayesianSearchOptions? options = null) : IEvaluatedMethod
{
    /// <inheritdoc/>
    public string Name => BayesianSearchAttributor.MethodName;

    /// <inheritdoc/>
    public bool Learns => true;

    /// <inheritdoc/>
    public async ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken)
    {
        IChatClient asked = judge(seed);
        IFailureAttributor start = await prior.FitAsync(training, seed, cancellationToken).ConfigureAwait(false);
        ReliabilityOptions measured = new() { UseGroundTruth = options?.UseGroundTruth ?? true, Prior = start, Seed = seed };
        JudgeReliability reliability = await JudgeReliability.MeasureAsync(asked, training, measured, cancellationToken).ConfigureAwait(false);
        return new BayesianSearchAttributor(asked, start, reliability, options);
    }
}
