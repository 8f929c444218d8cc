namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>One over the temperature of a softmax: how far its probabilities may be believed.</summary>
internal static class Sharpness
{
    private const double Lowest = 0.3;
    private const double Highest = 1.5;
    private const double Distance = 0.05;

    /// <summary>The sharpness at which scores of runs that were left out are the least surprised by the decisive steps.</summary>
    public static double Best(IReadOnlyList<(double[] Scores, int Decisive)> leftOut)
    {
        double best = 1, least = double.PositiveInfinity;
        for (double sharpness = Lowest; sharpness <= Highest; sharpness += Distance)
        {
            double surprise = leftOut.Sum(run => ConditionalLogit.Surprise(run.Scores, run.Decisive, sharpness));
            if (surprise < least)
                (best, least) = (sharpness, surprise);
        }

        return best;
    }
}
