namespace AgentTrace.Attribution.Evaluation.Figures;

/// <summary>95 % intervals by drawing the runs again, with repetition, 2,000 times (Efron's percentile bootstrap).</summary>
/// <remarks>Runs are drawn, not verdicts: several seeds say the same thing of the same run again, and make no interval narrower.</remarks>
internal static class Bootstrap
{
    private const int Draws = 2_000;
    private const int Seed = 20_250_500;
    private const double Tail = 0.025;

    /// <param name="values">For each run the mean of its verdicts' values.</param>
    public static Estimate Of(double[] values)
    {
        var random = new Random(Seed);
        double[] means = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            double sum = 0;
            for (int i = 0; i < values.Length; i++)
                sum += values[random.Next(values.Length)];
            means[draw] = sum / values.Length;
        }

        Array.Sort(means);
        return new Estimate(values.Average(), means[(int)(Tail * Draws)], means[(int)((1 - Tail) * Draws) - 1]);
    }
}
