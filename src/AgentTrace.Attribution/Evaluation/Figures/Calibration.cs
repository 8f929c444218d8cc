namespace AgentTrace.Attribution.Evaluation.Figures;

/// <summary>Whether a method is as often right as it says.</summary>
/// <param name="ExpectedError">
/// Expected calibration error 0..1: verdicts by rising confidence are cut into bins of equal size, and the bins' distances between mean confidence and
/// accuracy are averaged.
/// </param>
/// <param name="Bins">How many bins: one for every 20 runs, from 2 to 10.</param>
/// <param name="SurestHalf">Accuracy of the half of the verdicts with the higher confidence, 0..1.</param>
public sealed record Calibration(double ExpectedError, int Bins, double SurestHalf)
{
    private const int RunsInABin = 20;
    private const int FewestBins = 2;
    private const int MostBins = 10;

    /// <param name="verdicts">Confidence and whether the step was right, of all seeds.</param>
    /// <param name="runs">How many different runs they are about: with fewer than 20 in a bin, chance alone parts accuracy and confidence by more than is to be measured.</param>
    internal static Calibration Of(IReadOnlyList<(double Confidence, bool Right)> verdicts, int runs)
    {
        // A stable order: among equals the order of the runs decides.
        (double Confidence, bool Right)[] rising = [.. verdicts.OrderBy(verdict => verdict.Confidence)];
        int bins = Math.Clamp(runs / RunsInABin, FewestBins, MostBins);
        double error = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            Span<(double Confidence, bool Right)> inside = rising.AsSpan((bin * rising.Length / bins)..((bin + 1) * rising.Length / bins));
            double off = 0;
            foreach ((double confidence, bool right) in inside)
                off += confidence - (right ? 1 : 0);
            error += Math.Abs(off) / rising.Length;
        }

        return new Calibration(error, bins, AccuracyOf(rising.AsSpan(rising.Length / 2)));
    }

    private static double AccuracyOf(ReadOnlySpan<(double Confidence, bool Right)> verdicts)
    {
        int right = 0;
        foreach ((_, bool isRight) in verdicts)
            right += isRight ? 1 : 0;
        return (double)right / verdicts.Length;
    }
}
