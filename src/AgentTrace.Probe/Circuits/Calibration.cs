namespace AgentTrace.Probe.Circuits;

/// <summary>Turns logit differences into probabilities: <c>sigmoid(scale * difference + bias)</c>, fitted to the answers.</summary>
/// <remarks>
/// Without it a circuit would be blamed for the size of its logits, which ablation changes, rather than for what it tells apart (Gao et al., 2025).
/// A calibrated loss can be low while the raw sign is wrong half of the time, so accuracy is always told beside it.
/// </remarks>
/// <param name="Scale">Factor.</param>
/// <param name="Bias">Added after that.</param>
public readonly record struct Calibration(double Scale, double Bias)
{
    private const int Rounds = 30;

    // Answers that are told apart perfectly would be fitted with an endless scale.
    private const double Ridge = 1e-4;

    /// <summary>Fits both by Newton's method.</summary>
    /// <param name="differences">Logit of the first candidate minus that of the second, for each prompt.</param>
    /// <param name="firstIsRight">The answers.</param>
    public static Calibration Fit(ReadOnlySpan<float> differences, ReadOnlySpan<bool> firstIsRight)
    {
        // Standardised first: Newton's steps are then of one size whatever the logits are.
        double mean = 0, square = 0;
        foreach (float d in differences)
        {
            mean += d;
            square += (double)d * d;
        }

        mean /= differences.Length;
        double spread = Math.Max(Math.Sqrt(Math.Max(0, (square / differences.Length) - (mean * mean))), 1e-9);
        double scale = 0, bias = 0;
        for (int round = 0; round < Rounds; round++)
        {
            double gs = Ridge * scale, gb = 0, hss = Ridge, hsb = 0, hbb = 1e-9;
            for (int i = 0; i < differences.Length; i++)
            {
                double x = (differences[i] - mean) / spread, p = Sigmoid((scale * x) + bias), error = p - (firstIsRight[i] ? 1 : 0), curve = Math.Max(p * (1 - p), 1e-9);
                gs += error * x / differences.Length;
                gb += error / differences.Length;
                hss += curve * x * x / differences.Length;
                hsb += curve * x / differences.Length;
                hbb += curve / differences.Length;
            }

            double det = (hss * hbb) - (hsb * hsb);
            double ds = ((hbb * gs) - (hsb * gb)) / det, db = ((hss * gb) - (hsb * gs)) / det;
            double most = Math.Max(Math.Abs(ds), Math.Abs(db)), step = most > 2 ? 2 / most : 1;
            scale -= step * ds;
            bias -= step * db;
            if (most < 1e-7)
                break;
        }

        return new Calibration(scale / spread, bias - (scale * mean / spread));
    }

    /// <summary>Mean binary cross-entropy in nats.</summary>
    public double Loss(ReadOnlySpan<float> differences, ReadOnlySpan<bool> firstIsRight)
    {
        double loss = 0;
        for (int i = 0; i < differences.Length; i++)
        {
            double z = (Scale * differences[i]) + Bias;
            loss += SoftPlus(firstIsRight[i] ? -z : z);
        }

        return loss / differences.Length;
    }

    internal static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    private static double SoftPlus(double z) => z > 30 ? z : Math.Log(1 + Math.Exp(z));
}
