namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Grows a <see cref="SmallTree"/> towards where the loss falls, by second derivatives (Friedman 2001; Chen and Guestrin 2016).</summary>
internal sealed class TreeGrower(FeatureBins bins, double[] slopes, double[] curvatures, IReadOnlyList<int> features)
{
    /// <summary>Draws answers towards 0: what few steps say counts little.</summary>
    private const double Penalty = 3;
    private const double LeastGain = 1e-6;
    private const int FewestSteps = 4;

    private readonly double[] _slopeIn = new double[FeatureBins.MostThresholds + 1];
    private readonly double[] _curvatureIn = new double[FeatureBins.MostThresholds + 1];

    /// <param name="steps">The steps to learn from.</param>
    /// <param name="rate">What the answers are multiplied by.</param>
    public SmallTree Grow(List<int> steps, double rate)
    {
        (TreeSplit root, List<int> below, List<int> above) = Split(steps);
        (TreeSplit first, List<int> belowBelow, List<int> belowAbove) = Split(below);
        (TreeSplit second, List<int> aboveBelow, List<int> aboveAbove) = Split(above);
        return new SmallTree(root, first, second, [rate * Answer(belowBelow), rate * Answer(belowAbove), rate * Answer(aboveBelow), rate * Answer(aboveAbove)]);
    }

    private double Answer(List<int> steps) => steps.Sum(step => slopes[step]) / (steps.Sum(step => curvatures[step]) + Penalty);

    // Without a split that gains anything all steps are on both sides, which gives both the same answer.
    private (TreeSplit Split, List<int> Below, List<int> Above) Split(List<int> steps)
    {
        if (steps.Count < FewestSteps || Best(steps) is not { } best)
            return (default, steps, steps);
        (int feature, int bin) = best;
        ReadOnlySpan<byte> ranges = bins[feature];
        List<int> below = [], above = [];
        foreach (int step in steps)
            (ranges[step] <= bin ? below : above).Add(step);
        return (new TreeSplit(feature, bins.ThresholdsOf(feature)[bin]), below, above);
    }

    private (int Feature, int Bin)? Best(List<int> steps)
    {
        double slope = steps.Sum(step => slopes[step]), curvature = steps.Sum(step => curvatures[step]);
        double most = LeastGain;
        (int, int)? best = null;
        foreach (int feature in features)
        {
            int thresholds = bins.ThresholdsOf(feature).Length;
            if (thresholds == 0)
                continue;
            Array.Clear(_slopeIn);
            Array.Clear(_curvatureIn);
            ReadOnlySpan<byte> ranges = bins[feature];
            foreach (int step in steps)
            {
                int bin = ranges[step];
                _slopeIn[bin] += slopes[step];
                _curvatureIn[bin] += curvatures[step];
            }

            double slopeBelow = 0, curvatureBelow = 0;
            for (int bin = 0; bin < thresholds; bin++)
            {
                slopeBelow += _slopeIn[bin];
                curvatureBelow += _curvatureIn[bin];
                double gain = Worth(slopeBelow, curvatureBelow) + Worth(slope - slopeBelow, curvature - curvatureBelow) - Worth(slope, curvature);
                if (gain > most)
                    (most, best) = (gain, (feature, bin));
            }
        }

        return best;
    }

    private static double Worth(double slope, double curvature) => slope * slope / (curvature + Penalty);
}
