using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model;

/// <summary>Weights before training.</summary>
internal static class InitialWeights
{
    private const double Deviation = 0.02;
    private const double ShortestPeriod = 4;

    public static void Fill(Transformer model, int seed)
    {
        TransformerConfig config = model.Config;
        var random = new Random(seed);
        double residual = Deviation / Math.Sqrt(2.0 * config.LayerCount);
        foreach (Parameter parameter in model.Parameters)
        {
            if (parameter == model.Positions && !parameter.IsTrained)
                Sinusoids(parameter.Value, config.BlockSize);
            else if (parameter == model.Bigram)
                parameter.Value.Values.Clear();
            else if (!parameter.IsVector)
                Normal(parameter.Value.Values, parameter.Name.EndsWith("c_proj.weight", StringComparison.Ordinal) ? residual : Deviation, random);
            else if (parameter.Name.Contains(".ln_", StringComparison.Ordinal) && parameter.Name.EndsWith(".weight", StringComparison.Ordinal))
                parameter.Value.Values.Fill(1);
        }
    }

    /// <summary>[tokens, channels]: sines, then cosines, with periods spaced evenly in their logarithm from 4 to the block's size.</summary>
    private static void Sinusoids(Matrix table, int blockSize)
    {
        int half = table.Columns / 2;
        for (int i = 0; i < half; i++)
        {
            double at = half == 1 ? 0 : i / (half - 1.0);
            double period = Math.Exp(Math.Log(ShortestPeriod) + (at * (Math.Log(blockSize) - Math.Log(ShortestPeriod))));
            for (int t = 0; t < table.Rows; t++)
            {
                table[t, i] = (float)Math.Sin(2 * Math.PI * t / period);
                table[t, half + i] = (float)Math.Cos(2 * Math.PI * t / period);
            }
        }
    }

    private static void Normal(Span<float> values, double deviation, Random random)
    {
        // Box and Muller, two at a time would save a draw; weights are drawn once.
        foreach (ref float value in values)
            value = (float)(deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }
}
