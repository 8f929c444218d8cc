namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>A <see cref="ConditionalLogit"/> over some columns, with the penalty on its weights, one of four, and the sharpness that fit runs left out best.</summary>
/// <param name="Weights">A weight a feature, 0 for those that it does not see; times the sharpness.</param>
/// <param name="Penalty">The penalty.</param>
internal sealed record FittedLogit(double[] Weights, double Penalty)
{
    private static readonly double[] s_penalties = [300, 100, 30, 10];

    /// <param name="runs">All columns, scaled.</param>
    /// <param name="columns">Those to see.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    public static FittedLogit Fit(IReadOnlyList<TrainingRun> runs, IReadOnlyList<int> columns, CancellationToken cancellationToken)
    {
        List<TrainingRun> seen = [.. runs.Select(run => new TrainingRun([.. run.Rows.Select(row => columns.Select(column => row[column]).ToArray())], run.Decisive))];
        (double penalty, double[] weights, double[][] leftOut) = FitBest(seen, columns.Count, cancellationToken);
        double sharpness = Sharpness.Best([.. seen.Select((run, i) => (leftOut[i], run.Decisive))]);
        double[] all = new double[runs[0].Rows[0].Length];
        for (int i = 0; i < columns.Count; i++)
            all[columns[i]] = sharpness * weights[i];
        return new FittedLogit(all, penalty);
    }

    private static (double Penalty, double[] Weights, double[][] LeftOut) FitBest(List<TrainingRun> runs, int columns, CancellationToken cancellationToken)
    {
        (double Penalty, double[] Weights, double[][] LeftOut) best = default;
        double least = double.PositiveInfinity;
        double[] weights = new double[columns];
        foreach (double penalty in s_penalties)
        {
            weights = ConditionalLogit.Fit(runs, penalty, weights, cancellationToken);
            double[][] leftOut = ConditionalLogit.LeaveOneOut(runs, penalty, weights, cancellationToken);
            double surprise = runs.Select((run, i) => ConditionalLogit.Surprise(leftOut[i], run.Decisive)).Sum();
            if (surprise < least)
                (best, least) = ((penalty, weights, leftOut), surprise);
        }

        return best;
    }
}
