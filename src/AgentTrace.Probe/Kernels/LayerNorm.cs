using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Layer norm over the channels of each token: <c>y = (x - mean) / sqrt(variance + eps) * weight + bias</c> (Ba et al., 2016).</summary>
internal static unsafe class LayerNorm
{
    /// <summary>Epsilon of the published models.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>Y[channels, tokens], each token's 1 / deviation and mean; <paramref name="bias"/> may be null.</summary>
    public static void Forward(float* x, int xStride, float* weight, float* bias, float* y, int yStride, float* inverse, float* mean, int channels, int tokens)
    {
        int w = Vector<float>.Count;
        var count = new Vector<float>(channels);
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> sum = default, squares = default;
            for (int c = 0; c < channels; c++)
                sum += Vector.Load(x + ((long)c * xStride) + t);
            Vector<float> middle = sum / count;
            for (int c = 0; c < channels; c++)
            {
                Vector<float> v = Vector.Load(x + ((long)c * xStride) + t) - middle;
                squares = Vector.FusedMultiplyAdd(v, v, squares);
            }

            Vector<float> scale = Vector<float>.One / Vector.SquareRoot((squares / count) + new Vector<float>(Epsilon));
            scale.Store(inverse + t);
            middle.Store(mean + t);
            for (int c = 0; c < channels; c++)
            {
                Vector<float> v = (Vector.Load(x + ((long)c * xStride) + t) - middle) * scale * new Vector<float>(weight[c]);
                (bias is null ? v : v + new Vector<float>(bias[c])).Store(y + ((long)c * yStride) + t);
            }
        }
    }

    /// <summary>Adds to <paramref name="dx"/>, and to <paramref name="dWeight"/> and <paramref name="dBias"/> unless they are null.</summary>
    public static void Backward(
        float* x, int xStride, float* weight, float* inverse, float* mean, float* dy, int dyStride, float* dx, int dxStride,
        float* dWeight, float* dBias, int channels, int tokens)
    {
        int w = Vector<float>.Count;
        var count = new Vector<float>(channels);
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> scale = Vector.Load(inverse + t), middle = Vector.Load(mean + t), sum = default, dot = default;
            for (int c = 0; c < channels; c++)
            {
                Vector<float> g = Vector.Load(dy + ((long)c * dyStride) + t) * new Vector<float>(weight[c]);
                sum += g;
                dot = Vector.FusedMultiplyAdd(g, (Vector.Load(x + ((long)c * xStride) + t) - middle) * scale, dot);
            }

            sum /= count;
            dot /= count;
            for (int c = 0; c < channels; c++)
            {
                Vector<float> d = Vector.Load(dy + ((long)c * dyStride) + t), unit = (Vector.Load(x + ((long)c * xStride) + t) - middle) * scale;
                float* target = dx + ((long)c * dxStride) + t;
                (Vector.Load(target) + (((d * new Vector<float>(weight[c])) - sum - (unit * dot)) * scale)).Store(target);
                if (dWeight is not null)
                    dWeight[c] += Vector.Sum(d * unit);
                if (dBias is not null)
                    dBias[c] += Vector.Sum(d);
            }
        }
    }
}
