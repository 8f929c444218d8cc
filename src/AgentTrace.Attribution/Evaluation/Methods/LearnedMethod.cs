using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Learning;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation.Methods;

/// <summary>The method <c>learned</c>, with a ranker trained on the training runs of each fold.</summary>
public sealed class LearnedMethod : IEvaluatedMethod
{
    /// <inheritdoc/>
    public string Name => LearnedAttributor.MethodName;

    /// <inheritdoc/>
    public bool Learns => true;

    /// <inheritdoc/>
    public ValueTask<IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IFailureAttributor>(new LearnedAttributor(RankerTrainer.Train(training, cancellationToken)));
}
