using AgentTrace.Attribution.Learning.Features;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>What training runs looked like: each feature's mean over the steps of a run, its mean and spread over runs, and how far off a run may be.</summary>
internal sealed class RunProfile(double[] means, double[] deviations, double limit)
{
    private const double Cut = 6;
    private const double LeastDeviation = 0.02;
    private const double Slack = 1.15;

    /// <summary>Runs that are all the same say nothing of how far others may be.</summary>
    private const double LeastLimit = 0.1;

    public double[] Means => means;

    public double[] Deviations => deviations;

    /// <summary>The largest distance at which a run still counts as alike.</summary>
    public double Limit => limit;

    public static RunProfile Of(IReadOnlyList<FeatureTable> tables)
    {
        double[][] runs = [.. tables.Select(MeanOf)];
        double[] means = new double[StepFeatures.Count], deviations = new double[StepFeatures.Count];
        for (int f = 0; f < means.Length; f++)
        {
            double mean = means[f] = runs.Average(run => run[f]);
            deviations[f] = Math.Sqrt(runs.Average(run => (run[f] - mean) * (run[f] - mean)));
        }

        // How far the farthest training run is from all, and a little more for the runs that are still to come.
        double farthest = runs.Max(run => Distance(run, means, deviations));
        return new RunProfile(means, deviations, Math.Max(Slack * farthest, LeastLimit));
    }

    /// <summary>How unlike a run is: the root mean square of its features' distances in standard deviations.</summary>
    public double DistanceOf(FeatureTable table) => Distance(MeanOf(table), means, deviations);

    /// <summary>The features that set a run apart, the farthest first.</summary>
    public IEnumerable<int> FarthestFeatures(FeatureTable table)
    {
        double[] run = MeanOf(table);
        return Enumerable.Range(0, means.Length).OrderByDescending(f => Math.Abs(Off(run, means, deviations, f)));
    }

    private static double Distance(double[] run, double[] means, double[] deviations)
    {
        double sum = 0;
        for (int f = 0; f < run.Length; f++)
        {
            double off = Off(run, means, deviations, f);
            sum += off * off;
        }

        return Math.Sqrt(sum / run.Length);
    }

    private static double Off(double[] run, double[] means, double[] deviations, int f) =>
        Math.Clamp((run[f] - means[f]) / Math.Max(deviations[f], LeastDeviation), -Cut, Cut);

    private static double[] MeanOf(FeatureTable table)
    {
        double[] mean = new double[StepFeatures.Count];
        for (int step = 0; step < table.Steps; step++)
        {
            ReadOnlySpan<float> row = table.RowOf(step);
            for (int f = 0; f < mean.Length; f++)
                mean[f] += row[f];
        }

        for (int f = 0; f < mean.Length; f++)
            mean[f] /= table.Steps;
        return mean;
    }
}
