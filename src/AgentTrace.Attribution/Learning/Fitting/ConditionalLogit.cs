namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>A softmax over the steps of a run, linear in their features, with an L2 penalty on the weights (McFadden's conditional logit).</summary>
/// <remarks>
/// The steps of one run compete with each other and never with those of another run, which is the question to be answered. The objective is
/// convex, so that the fit needs no seed and has one answer.
/// </remarks>
internal static class ConditionalLogit
{
    private const int MostRounds = 25;
    private const double Settled = 1e-6;
    private const double ShortestMove = 1e-4;
    private const double Negligible = 1e-7;

    /// <summary>The weights, found by Newton's method from <paramref name="start"/>.</summary>
    public static double[] Fit(IReadOnlyList<TrainingRun> runs, double penalty, double[] start, CancellationToken cancellationToken)
    {
        double[] weights = [.. start];
        double loss = Loss(runs, penalty, weights);
        for (int round = 0; round < MostRounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double[] slope, Curvature curvature) = Derivatives(runs, penalty, weights);
            double[] move = curvature.Solve(slope);
            double length = 1;
            double[] next;
            double nextLoss;
            // A whole step may overshoot where the curve is far from a parabola.
            while ((nextLoss = Loss(runs, penalty, next = Moved(weights, move, length))) > loss && length > ShortestMove)
                length /= 2;
            if (nextLoss > loss)
                break;
            (weights, loss) = (next, nextLoss);
            if (length * move.Max(Math.Abs) < Settled)
                break;
        }

        return weights;
    }

    /// <summary>For each run what its steps would score if it had not been among the runs that were learned from.</summary>
    /// <remarks>One Newton step from the weights of all runs, with the run's own part taken out of slope and curvature: a hundredth of the cost of fitting anew.</remarks>
    public static double[][] LeaveOneOut(IReadOnlyList<TrainingRun> runs, double penalty, double[] weights, CancellationToken cancellationToken)
    {
        (_, Curvature all) = Derivatives(runs, penalty, weights);
        double[][] scores = new double[runs.Count][];
        for (int i = 0; i < scores.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] slope = new double[weights.Length];
            Curvature others = all.Copy();
            AddDerivatives(runs[i], weights, slope, others, -1);
            double[] without = Moved(weights, others.Solve(slope), -1);
            scores[i] = ScoresOf(runs[i].Rows, without);
        }

        return scores;
    }

    public static double[] ScoresOf(double[][] rows, double[] weights) => [.. rows.Select(row => Dot(row, weights))];

    /// <summary>Minus the logarithm of the probability that scores give to one step.</summary>
    public static double Surprise(ReadOnlySpan<double> scores, int step, double sharpness = 1)
    {
        double highest = double.NegativeInfinity, sum = 0;
        foreach (double score in scores)
            highest = Math.Max(highest, sharpness * score);
        foreach (double score in scores)
            sum += Math.Exp((sharpness * score) - highest);
        return highest + Math.Log(sum) - (sharpness * scores[step]);
    }

    /// <summary>The softmax of scores times <paramref name="sharpness"/>.</summary>
    public static double[] Shares(ReadOnlySpan<double> scores, double sharpness)
    {
        double first = Surprise(scores, 0, sharpness);
        double[] shares = new double[scores.Length];
        for (int step = 0; step < shares.Length; step++)
            shares[step] = Math.Exp((sharpness * (scores[step] - scores[0])) - first);
        return shares;
    }

    public static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static double Loss(IReadOnlyList<TrainingRun> runs, double penalty, double[] weights) =>
        runs.Sum(run => Surprise(ScoresOf(run.Rows, weights), run.Decisive)) + (penalty / 2 * Dot(weights, weights));

    private static (double[] Slope, Curvature Curvature) Derivatives(IReadOnlyList<TrainingRun> runs, double penalty, double[] weights)
    {
        double[] slope = [.. weights.Select(weight => -penalty * weight)];
        var curvature = new Curvature(weights.Length);
        foreach (TrainingRun run in runs)
            AddDerivatives(run, weights, slope, curvature, 1);
        curvature.AddToDiagonal(penalty);
        return (slope, curvature);
    }

    private static void AddDerivatives(TrainingRun run, double[] weights, double[] slope, Curvature curvature, double sign)
    {
        double[] scores = ScoresOf(run.Rows, weights);
        double[] mean = new double[weights.Length], off = new double[weights.Length];
        double[] shares = Shares(scores, 1);
        for (int step = 0; step < shares.Length; step++)
        {
            for (int f = 0; f < mean.Length; f++)
                mean[f] += shares[step] * run.Rows[step][f];
        }

        for (int f = 0; f < slope.Length; f++)
            slope[f] += run.Rows[run.Decisive][f] - mean[f];
        for (int step = 0; step < shares.Length; step++)
        {
            if (shares[step] < Negligible)
                continue;
            for (int f = 0; f < off.Length; f++)
                off[f] = run.Rows[step][f] - mean[f];
            curvature.AddOuter(sign * shares[step], off);
        }
    }

    private static double[] Moved(double[] weights, double[] move, double length)
    {
        double[] moved = new double[weights.Length];
        for (int f = 0; f < moved.Length; f++)
            moved[f] = weights[f] + (length * move[f]);
        return moved;
    }
}
