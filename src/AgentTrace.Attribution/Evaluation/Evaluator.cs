using AgentTrace.Attribution.Attributors;
using AgentTrace.Attribution.Evaluation.Figures;
using AgentTrace.Attribution.Evaluation.Methods;
using AgentTrace.Attribution.Runs;

namespace AgentTrace.Attribution.Evaluation;

/// <summary>Asks methods about labelled runs and compares what they say with the labels.</summary>
/// <remarks>A method that learns is cross-validated, or trained on other runs: it is never asked about a run it has learned from.</remarks>
public static class Evaluator
{
    /// <summary>Evaluates one method on the runs that have a label.</summary>
    /// <param name="method">The method.</param>
    /// <param name="runs">The runs to judge; those without a label, or whose label names a step they do not have, are left out.</param>
    /// <param name="options">Folds and seeds; null for the defaults.</param>
    /// <param name="training">Other runs to learn from instead of cross-validation; null for cross-validation.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="ArgumentException">No run has a label, there are more folds than runs, or too few runs to learn from.</exception>
    public static async Task<MethodResult> EvaluateAsync(
        IEvaluatedMethod method, IEnumerable<LabeledRun> runs, EvaluationOptions? options = null, IReadOnlyList<LabeledRun>? training = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(runs);
        options ??= new EvaluationOptions();
        LabeledRun[] labelled = Labelled(runs);
        var seeds = new List<IReadOnlyList<JudgedRun>>();
        foreach (int seed in options.Seeds)
        {
            seeds.Add(method.Learns && training is null
                ? await CrossValidateAsync(method, labelled, options, seed, cancellationToken).ConfigureAwait(false)
                : await JudgeAsync(await method.FitAsync(training ?? [], seed, cancellationToken).ConfigureAwait(false), labelled, options.Clock, cancellationToken).ConfigureAwait(false));
        }

        return MethodResult.Of(method.Name, seeds);
    }

    /// <summary>The runs that can be evaluated on.</summary>
    /// <exception cref="ArgumentException">There are none.</exception>
    internal static LabeledRun[] Labelled(IEnumerable<LabeledRun> runs)
    {
        LabeledRun[] labelled = [.. runs.Where(run => run.Label is { Step: >= 0 } label && label.Step < run.Run.Steps.Count)];
        return labelled.Length > 0 ? labelled : throw new ArgumentException("None of the runs has a label to compare with: label failed runs first.", nameof(runs));
    }

    /// <summary>The runs' places in a random order; every n-th of them is one fold.</summary>
    internal static int[] Shuffled(int count, int seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        return order;
    }

    private static async Task<IReadOnlyList<JudgedRun>> CrossValidateAsync(
        IEvaluatedMethod method, LabeledRun[] runs, EvaluationOptions options, int seed, CancellationToken cancellationToken)
    {
        int folds = options.Folds;
        if (folds < 2 || folds > runs.Length)
            throw new ArgumentException($"{runs.Length} labelled runs cannot be cut into {folds} folds: use from 2 to {runs.Length}.", nameof(options));
        int[] order = Shuffled(runs.Length, seed);
        var judged = new JudgedRun[runs.Length];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] test = [.. order.Where((_, place) => place % folds == fold)];
            LabeledRun[] training = [.. order.Where((_, place) => place % folds != fold).Select(i => runs[i])];
            IFailureAttributor attributor = await method.FitAsync(training, seed, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<JudgedRun> verdicts = await JudgeAsync(attributor, [.. test.Select(i => runs[i])], options.Clock, cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < test.Length; i++)
                judged[test[i]] = verdicts[i];
        }

        return judged;
    }

    private static async Task<IReadOnlyList<JudgedRun>> JudgeAsync(IFailureAttributor attributor, LabeledRun[] runs, TimeProvider clock, CancellationToken cancellationToken)
    {
        var judged = new JudgedRun[runs.Length];
        for (int i = 0; i < runs.Length; i++)
        {
            long start = clock.GetTimestamp();
            FailureAttribution? verdict;
            try
            {
                verdict = await attributor.AttributeAsync(runs[i].Run, cancellationToken).ConfigureAwait(false);
            }
            catch (JudgeException)
            {
                // No answer is a wrong answer here; MethodResult.Unanswered tells how many there were.
                verdict = null;
            }

            judged[i] = new JudgedRun(runs[i].Run, runs[i].Label!, verdict, clock.GetElapsedTime(start));
        }

        return judged;
    }
}
