using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Events;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation.Methods;

/// <summary>The method <c>learned</c>, with a ranker trained on the training runs of each fold.</summary>
/// <param name="model">A trace model that was trained before, on other runs; null for none.</param>
/// <param name="weight">What a step is worth that it did not expect at all, in log-odds.</param>
public sealed class LearnedMethod(ITraceModel? model = null, double weight = 1) : IEvaluatedMethod
{
    /// <inheritdoc/>
    public string Name => LearnedAttributor.MethodName;

    /// <inheritdoc/>
    public bool Learns => true;

    /// <inheritdoc/>
    public ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IFailureAttributor>(new LearnedAttributor(RankerTrainer.Train(training, cancellationToken), model, weight));
}
