using AgentTrace.Attribution.Evaluation.Figures;
using AgentTrace.Attribution.Evaluation.Methods;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>How good a method gets with the number of labels: cross-validated as always, but fitted on the first so many runs of each training part.</summary>
public static class LearningCurve
{
    /// <summary>The accuracies for each number of labels that the training parts reach.</summary>
    /// <param name="method">A method that learns.</param>
    /// <param name="runs">The labelled runs.</param>
    /// <param name="labels">Numbers of labels.</param>
    /// <param name="options">Folds and seeds.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    public static async Task<IReadOnlyList<(int Labels, MethodResult Result)>> OfAsync(
        IEvaluatedMethod method, IReadOnlyList<LabeledRun> runs, IEnumerable<int> labels, EvaluationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(options);
        int most = Evaluator.Labelled(runs).Length * (options.Folds - 1) / options.Folds;
        var curve = new List<(int, MethodResult)>();
        foreach (int count in labels.Where(count => count <= most))
            curve.Add((count, await Evaluator.EvaluateAsync(new Limited(method, count), runs, options, cancellationToken: cancellationToken).ConfigureAwait(false)));
        return curve;
    }

    // The training runs come in the random order of the folds, so that the first are a fair sample.
    private sealed class Limited(IEvaluatedMethod method, int labels) : IEvaluatedMethod
    {
        public string Name => method.Name;

        public bool Learns => true;

        public ValueTask<Attributors.IFailureAttributor> FitAsync(IReadOnlyList<LabeledRun> training, int seed, CancellationToken cancellationToken) =>
            method.FitAsync([.. training.Take(labels)], seed, cancellationToken);
    }
}
