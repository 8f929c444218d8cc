using AgentTrace.Attribution.Learning.Features;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Makes features comparable: how many standard deviations from the training steps' mean, cut at four so that no outlier decides alone.</summary>
internal sealed class FeatureScale(double[] means, double[] deviations)
{
    private const double Cut = 4;
    private const double SmallestDeviation = 1e-6;

    public double[] Means => means;

    /// <summary>0 for a feature that never varies: it is left out.</summary>
    public double[] Deviations => deviations;

    public static FeatureScale Of(IReadOnlyList<FeatureTable> tables)
    {
        double[] means = new double[StepFeatures.Count], deviations = new double[StepFeatures.Count];
        long steps = tables.Sum(table => (long)table.Steps);
        foreach (FeatureTable table in tables)
            Add(table, means, static (value, _) => value);
        for (int f = 0; f < means.Length; f++)
            means[f] /= steps;
        foreach (FeatureTable table in tables)
            Add(table, deviations, (value, f) => (value - means[f]) * (value - means[f]));
        for (int f = 0; f < deviations.Length; f++)
            deviations[f] = Math.Sqrt(deviations[f] / steps) is var deviation && deviation > SmallestDeviation ? deviation : 0;
        return new FeatureScale(means, deviations);
    }

    public void Scale(ReadOnlySpan<float> row, Span<double> scaled)
    {
        for (int f = 0; f < means.Length; f++)
            scaled[f] = deviations[f] > 0 ? Math.Clamp((row[f] - means[f]) / deviations[f], -Cut, Cut) : 0;
    }

    public double[][] Scale(FeatureTable table)
    {
        double[][] rows = new double[table.Steps][];
        for (int step = 0; step < rows.Length; step++)
            Scale(table.RowOf(step), rows[step] = new double[StepFeatures.Count]);
        return rows;
    }

    private static void Add(FeatureTable table, double[] sums, Func<double, int, double> term)
    {
        for (int step = 0; step < table.Steps; step++)
        {
            ReadOnlySpan<float> row = table.RowOf(step);
            for (int f = 0; f < sums.Length; f++)
                sums[f] += term(row[f], f);
        }
    }
}
