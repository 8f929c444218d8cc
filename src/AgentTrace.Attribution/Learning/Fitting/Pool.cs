namespace AgentTrace.Attribution.Learning.Fitting;

/// <summary>How far the learned models are believed beside the structural signals: what each step scores is a weighted sum of both, as log-odds.</summary>
/// <param name="Models">The models' weight, from 0 to 1.5.</param>
/// <param name="Signals">The signals' weight, from 0 to 1.5.</param>
internal readonly record struct Pool(double Models, double Signals)
{
    private const int Most = 15;
    private const double Distance = 0.1;

    public double[] Of(ReadOnlySpan<double> models, ReadOnlySpan<double> signals)
    {
        double[] sum = new double[models.Length];
        for (int step = 0; step < sum.Length; step++)
            sum[step] = (Models * models[step]) + (Signals * signals[step]);
        return sum;
    }

    /// <summary>The weights at which runs that were left out surprise the least.</summary>
    /// <param name="models">What the models said of the runs' steps.</param>
    /// <param name="signals">What the signals said of them.</param>
    /// <param name="decisive">The runs' decisive steps.</param>
    /// <param name="price">Nats that the models' whole weight must bring: where they know little more than the signals, the signals decide.</param>
    public static Pool Best(IReadOnlyList<double[]> models, IReadOnlyList<double[]> signals, IReadOnlyList<int> decisive, double price)
    {
        (Pool best, double least) = (default, double.PositiveInfinity);
        for (int m = 0; m <= Most; m++)
        {
            for (int s = 0; s <= Most; s++)
            {
                var pool = new Pool(m * Distance, s * Distance);
                double surprise = price * pool.Models;
                for (int run = 0; run < decisive.Count; run++)
                    surprise += ConditionalLogit.Surprise(pool.Of(models[run], signals[run]), decisive[run]);
                if (surprise < least)
                    (best, least) = (pool, surprise);
            }
        }

        return best;
    }
}
