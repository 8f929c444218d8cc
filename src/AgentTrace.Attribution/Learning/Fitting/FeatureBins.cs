using AgentTrace.Attribution.Learning.Features;

namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>The training steps with each feature cut into a few ranges, so that a split is found by counting.</summary>
internal sealed class FeatureBins
{
    /// <summary>Thresholds of a feature at most; one more range than that.</summary>
    public const int MostThresholds = 12;

    private readonly float[][] _thresholds;
    private readonly byte[][] _binsOf;

    public FeatureBins(IReadOnlyList<FeatureTable> tables)
    {
        Steps = tables.Sum(table => table.Steps);
        _thresholds = new float[StepFeatures.Count][];
        _binsOf = new byte[StepFeatures.Count][];
        foreach (int feature in StepFeatures.Broad)
        {
            _thresholds[feature] = ThresholdsOf(tables, feature);
            _binsOf[feature] = BinsOf(tables, feature, _thresholds[feature], Steps);
        }
    }

    /// <summary>How many steps there are, of all runs.</summary>
    public int Steps { get; }

    public ReadOnlySpan<float> ThresholdsOf(int feature) => _thresholds[feature];

    /// <summary>For each step the range of that feature: how many thresholds it is above.</summary>
    public ReadOnlySpan<byte> this[int feature] => _binsOf[feature];

    // Between neighbours where there are few values; else at quantiles of the values that occur.
    private static float[] ThresholdsOf(IReadOnlyList<FeatureTable> tables, int feature)
    {
        var values = new SortedSet<float>();
        foreach (FeatureTable table in tables)
        {
            for (int step = 0; step < table.Steps; step++)
                values.Add(table.RowOf(step)[feature]);
        }

        float[] rising = [.. values];
        return rising.Length <= MostThresholds + 1
            ? rising[..^1]
            : [.. Enumerable.Range(1, MostThresholds).Select(quantile => rising[quantile * rising.Length / (MostThresholds + 1)]).Distinct()];
    }

    private static byte[] BinsOf(IReadOnlyList<FeatureTable> tables, int feature, float[] thresholds, int steps)
    {
        byte[] bins = new byte[steps];
        int place = 0;
        foreach (FeatureTable table in tables)
        {
            for (int step = 0; step < table.Steps; step++)
            {
                float value = table.RowOf(step)[feature];
                int bin = 0;
                while (bin < thresholds.Length && value > thresholds[bin])
                    bin++;
                bins[place++] = (byte)bin;
            }
        }

        return bins;
    }
}
