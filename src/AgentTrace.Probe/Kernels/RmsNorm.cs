using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Root-mean-square norm over the channels of each token: <c>y = x / sqrt(mean(x^2) + eps) * weight</c> (Zhang and Sennrich, 2019).</summary>
internal static unsafe class RmsNorm
{
    /// <summary>float32's machine epsilon, as the published sparse models have it.</summary>
    public const float Epsilon = 1.1920929e-7f;

    /// <summary>Y[channels, tokens] and each token's 1 / rms.</summary>
    public static void Forward(float* x, int xStride, float* weight, float* y, int yStride, float* inverse, int channels, int tokens)
    {
        int w = Vector<float>.Count;
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> squares = default;
            for (int c = 0; c < channels; c++)
            {
                Vector<float> v = Vector.Load(x + ((long)c * xStride) + t);
                squares = Vector.FusedMultiplyAdd(v, v, squares);
            }

            Vector<float> scale = Vector<float>.One / Vector.SquareRoot((squares / new Vector<float>(channels)) + new Vector<float>(Epsilon));
            scale.Store(inverse + t);
            for (int c = 0; c < channels; c++)
                (Vector.Load(x + ((long)c * xStride) + t) * scale * new Vector<float>(weight[c])).Store(y + ((long)c * yStride) + t);
        }
    }

    /// <summary>Adds to <paramref name="dx"/>, and to <paramref name="dWeight"/> unless it is null.</summary>
    public static void Backward(
        float* x, int xStride, float* weight, float* inverse, float* dy, int dyStride, float* dx, int dxStride, float* dWeight, int channels, int tokens)
    {
        int w = Vector<float>.Count;
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> scale = Vector.Load(inverse + t), dot = default;
            for (int c = 0; c < channels; c++)
                dot = Vector.FusedMultiplyAdd(Vector.Load(dy + ((long)c * dyStride) + t) * new Vector<float>(weight[c]), Vector.Load(x + ((long)c * xStride) + t), dot);
            Vector<float> pull = dot * scale * scale * scale / new Vector<float>(channels);
            for (int c = 0; c < channels; c++)
            {
                Vector<float> v = Vector.Load(x + ((long)c * xStride) + t), d = Vector.Load(dy + ((long)c * dyStride) + t);
                float* target = dx + ((long)c * dxStride) + t;
                (Vector.Load(target) + (d * new Vector<float>(weight[c]) * scale) - (v * pull)).Store(target);
                if (dWeight is not null)
                    dWeight[c] += Vector.Sum(d * v * scale);
            }
        }
    }
}
