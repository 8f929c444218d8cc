using System.Numerics;
using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>Which channels of one site of one layer are kept; the others take their mean over the corpus.</summary>
/// <remarks>The gradient is that of the loss by a channel's mask, as if the mask were continuous: <c>sum over tokens of dx (x - mean)</c>.</remarks>
internal sealed unsafe class NodeMask(int channels)
{
    /// <summary>1 to keep a channel, 0 to put its mean in its place.</summary>
    public float[] Keep { get; } = [.. Enumerable.Repeat(1f, channels)];

    /// <summary>Mean of each channel over the corpus.</summary>
    public float[] Mean { get; init; } = new float[channels];

    /// <summary>Added up by backward passes.</summary>
    public float[] Gradient { get; } = new float[channels];

    /// <summary>Number of channels.</summary>
    public int Channels => channels;

    /// <summary>Copies rows of <paramref name="x"/> from <paramref name="firstRow"/> on to <paramref name="raw"/>, then masks them in place.</summary>
    public void Apply(Matrix x, int firstRow, Matrix raw, int tokens)
    {
        for (int c = 0; c < channels; c++)
        {
            float* row = x.RowPointer(firstRow + c);
            new ReadOnlySpan<float>(row, tokens).CopyTo(raw.Row(c));
            if (Keep[c] == 0)
                new Span<float>(row, tokens).Fill(Mean[c]);
        }
    }

    /// <summary>Adds to <see cref="Gradient"/> and takes the gradient of ablated channels away.</summary>
    public void Backward(Matrix raw, Matrix dx, int firstRow, int tokens)
    {
        for (int c = 0; c < channels; c++)
        {
            float* d = dx.RowPointer(firstRow + c), x = raw.RowPointer(c);
            Vector<float> sum = default, mean = new(Mean[c]);
            for (int t = 0; t < tokens; t += Vector<float>.Count)
                sum = Vector.FusedMultiplyAdd(Vector.Load(d + t), Vector.Load(x + t) - mean, sum);
            Gradient[c] += Vector.Sum(sum);
            if (Keep[c] == 0)
                new Span<float>(d, tokens).Clear();
        }
    }
}
