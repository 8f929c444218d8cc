using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>The position channels beside the residual stream: the same for every document, normed with a weight of the layer's own.</summary>
internal static unsafe class PositionPass
{
    public static void Forward(Transformer model, Parameter norm, Matrix read, Activations activations)
    {
        int width = model.Config.Width;
        Matrix table = model.Positions.Value;
        for (int p = 0; p < activations.Length; p++)
        {
            float* position = table.RowPointer(p);
            float scale = Scale(position, table.Columns);
            for (int c = 0; c < table.Columns; c++)
                for (int t = p; t < activations.Tokens; t += activations.Length)
                    read[width + c, t] = position[c] * scale * norm.Pointer[c];
        }
    }

    /// <summary>Adds to the norm weight's gradient, and to the position table's where that is trained.</summary>
    public static void Backward(Transformer model, Parameter norm, Matrix dRead, Activations activations, Gradients gradients)
    {
        int width = model.Config.Width;
        Matrix table = model.Positions.Value;
        float* dNorm = gradients.Of(norm), dTable = gradients.Of(model.Positions);
        float* d = stackalloc float[table.Columns];
        for (int p = 0; p < activations.Length; p++)
        {
            float* position = table.RowPointer(p);
            float scale = Scale(position, table.Columns), dot = 0;
            for (int c = 0; c < table.Columns; c++)
            {
                d[c] = 0;
                for (int t = p; t < activations.Tokens; t += activations.Length)
                    d[c] += dRead[width + c, t];
                dNorm[c] += d[c] * position[c] * scale;
                d[c] *= norm.Pointer[c];
                dot += d[c] * position[c];
            }

            if (!model.Positions.IsTrained)
                continue;
            float pull = dot * scale * scale * scale / table.Columns;
            for (int c = 0; c < table.Columns; c++)
                dTable[(p * table.Columns) + c] += (d[c] * scale) - (position[c] * pull);
        }
    }

    private static float Scale(float* position, int channels)
    {
        float squares = 0;
        for (int c = 0; c < channels; c++)
            squares += position[c] * position[c];
        return 1 / MathF.Sqrt((squares / channels) + RmsNorm.Epsilon);
    }
}
