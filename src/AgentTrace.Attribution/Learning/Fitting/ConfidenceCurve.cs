namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>Turns the probability of the first-ranked step into the probability that naming it is right: logit(confidence) = intercept + slope * logit(probability).</summary>
/// <remarks>
/// Platt's scaling, fitted on runs that were left out. With few labels the data say little about the slope, and what looks sure need not be: the slope is
/// therefore drawn towards 0 and the intercept is free, so that a small training set gives every verdict about the rate at which verdicts are right.
/// </remarks>
internal readonly record struct ConfidenceCurve(double Intercept, double Slope)
{
    private const double SlopePenalty = 8;
    private const double InterceptPenalty = 0.5;
    private const int Rounds = 50;
    private const double Edge = 1e-4;

    public double At(double probability) => 1 / (1 + Math.Exp(-(Intercept + (Slope * LogOdds(probability)))));

    public static ConfidenceCurve Fit(IReadOnlyList<(double Probability, bool Right)> verdicts)
    {
        double mean = verdicts.Average(verdict => LogOdds(verdict.Probability));
        double intercept = 0, slope = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double slopeA = -InterceptPenalty * intercept, slopeB = -SlopePenalty * slope;
            double aa = InterceptPenalty, ab = 0, bb = SlopePenalty;
            foreach ((double probability, bool right) in verdicts)
            {
                double x = LogOdds(probability) - mean;
                double expected = 1 / (1 + Math.Exp(-(intercept + (slope * x))));
                double off = (right ? 1 : 0) - expected, spread = expected * (1 - expected);
                (slopeA, slopeB) = (slopeA + off, slopeB + (off * x));
                (aa, ab, bb) = (aa + spread, ab + (spread * x), bb + (spread * x * x));
            }

            double determinant = (aa * bb) - (ab * ab);
            intercept += ((bb * slopeA) - (ab * slopeB)) / determinant;
            slope += ((aa * slopeB) - (ab * slopeA)) / determinant;
        }

        // Less sure where the ranker is surer is an accident of few labels.
        return slope >= 0 ? new ConfidenceCurve(intercept - (slope * mean), slope) : new ConfidenceCurve(LogOdds(Rate(verdicts)), 0);
    }

    private static double Rate(IReadOnlyList<(double Probability, bool Right)> verdicts) => (verdicts.Count(verdict => verdict.Right) + 1.0) / (verdicts.Count + 2.0);

    private static double LogOdds(double probability)
    {
        double inside = Math.Clamp(probability, Edge, 1 - Edge);
        return Math.Log(inside / (1 - inside));
    }
}
