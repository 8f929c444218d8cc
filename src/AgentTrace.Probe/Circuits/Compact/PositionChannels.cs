using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>The position channels as a layer reads them.</summary>
internal static class PositionChannels
{
    /// <summary>One channel at every position, after the layer's norm.</summary>
    public static float[] Normed(Transformer model, Parameter norm, int channel)
    {
        Matrix table = model.Positions.Value;
        float[] values = new float[table.Rows];
        for (int p = 0; p < table.Rows; p++)
        {
            float squares = 0;
            foreach (float value in table.Row(p))
                squares += value * value;
            values[p] = table[p, channel] / MathF.Sqrt((squares / table.Columns) + RmsNorm.Epsilon) * norm.Value[0, channel];
        }

        return values;
    }
}
