using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Root-mean-square norm over the channels of each token: <c>y = x / sqrt(mean(x^2) + eps) * weight</c> (Zhang and Sennrich, 2019).</summary>
internal static unsafe class RmsNorm
{
    /// <summary>float32's machine epsilon, as the published sparse models have it.</summary>
    public const float Epsilon = 1.1920929e-7f;

    // Tokens gone through at a time, channel by channel: their sums stay in the first-level cache.
    private const int Block = 512;

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
        for (int start = 0; start < tokens; start += Block)
            Backward(x + start, xStride, weight, inverse + start, dy + start, dyStride, dx + start, dxStride, dWeight, channels, Math.Min(Block, (tokens - start + w - 1) / w * w), w);
    }

    private static void Backward(
        float* x, int xStride, float* weight, float* inverse, float* dy, int dyStride, float* dx, int dxStride, float* dWeight, int channels, int tokens, int w)
    {
        float* pull = stackalloc float[Block];
        new Span<float>(pull, tokens).Clear();
        for (int c = 0; c < channels; c++)
        {
            float* value = x + ((long)c * xStride), d = dy + ((long)c * dyStride);
            Vector<float> gain = new(weight[c]), sum = default;
            for (int t = 0; t < tokens; t += w)
            {
                Vector<float> product = Vector.Load(d + t) * Vector.Load(value + t);
                Vector.FusedMultiplyAdd(product, gain, Vector.Load(pull + t)).Store(pull + t);
                sum = Vector.FusedMultiplyAdd(product, Vector.Load(inverse + t), sum);
            }

            if (dWeight is not null)
                dWeight[c] += Vector.Sum(sum);
        }

        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> scale = Vector.Load(inverse + t);
            (Vector.Load(pull + t) * scale * scale * scale / new Vector<float>(channels)).Store(pull + t);
        }

        for (int c = 0; c < channels; c++)
        {
            float* value = x + ((long)c * xStride), d = dy + ((long)c * dyStride), to = dx + ((long)c * dxStride);
            var gain = new Vector<float>(weight[c]);
            for (int t = 0; t < tokens; t += w)
                (Vector.Load(to + t) + (Vector.Load(d + t) * gain * Vector.Load(inverse + t)) - (Vector.Load(value + t) * Vector.Load(pull + t))).Store(to + t);
        }
    }
}
