using System.Numerics;
using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>The MLP's nonlinearity.</summary>
internal static unsafe class Neurons
{
    public static void Forward(TransformerConfig config, Matrix x, Matrix y, int tokens)
    {
        for (int c = 0; c < x.Rows; c++)
        {
            if (config.ActivationType == "gelu")
                Gelu.Forward(x.RowPointer(c), y.RowPointer(c), tokens);
            else
                for (int t = 0; t < tokens; t += Vector<float>.Count)
                    Vector.MaxNative(Vector.Load(x.RowPointer(c) + t), default).Store(y.RowPointer(c) + t);
        }
    }

    /// <summary>In place: <paramref name="d"/> comes in as the gradient of the result and goes out as that of <paramref name="x"/>.</summary>
    public static void Backward(TransformerConfig config, Matrix x, Matrix d, int tokens)
    {
        for (int c = 0; c < x.Rows; c++)
        {
            float* row = x.RowPointer(c), gradient = d.RowPointer(c);
            if (config.ActivationType == "gelu")
                Gelu.Backward(row, gradient, gradient, tokens);
            else
                for (int t = 0; t < tokens; t++)
                    gradient[t] = row[t] > 0 ? gradient[t] : 0;
        }
    }
}
