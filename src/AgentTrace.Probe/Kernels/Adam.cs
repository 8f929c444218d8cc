using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>One step of Adam with decoupled weight decay (Kingma and Ba, 2015; Loshchilov and Hutter, 2019).</summary>
internal static unsafe class Adam
{
    /// <summary>Changes the values, and the two moments that go with them.</summary>
    /// <param name="values">What is trained; likewise the moments and <paramref name="gradients"/>, of the same length.</param>
    /// <param name="gradients">Gradients.</param>
    /// <param name="first">Mean of the gradients.</param>
    /// <param name="second">Mean of their squares.</param>
    /// <param name="gradientScale">What gradients are multiplied by first.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="decay">Weight decay, multiplied by the rate.</param>
    /// <param name="options">The coefficients.</param>
    /// <param name="step">1-based number of the step, for the bias correction.</param>
    public static void Step(
        Span<float> values, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, float gradientScale, float rate, float decay, AdamOptions options, int step)
    {
        float fixFirst = 1 / (1 - MathF.Pow(options.Beta1, step)), fixSecond = 1 / (1 - MathF.Pow(options.Beta2, step));
        Vector<float> b1 = new(options.Beta1), b2 = new(options.Beta2), c1 = new(1 - options.Beta1), c2 = new(1 - options.Beta2);
        Vector<float> scale = new(gradientScale), pace = new(rate * fixFirst), root = new(fixSecond), eps = new(options.Epsilon), shrink = new(1 - (rate * decay));
        int w = Vector<float>.Count, i = 0;
        fixed (float* x = values, g = gradients, m = first, v = second)
        {
            for (; i + w <= values.Length; i += w)
            {
                Vector<float> d = Vector.Load(g + i) * scale;
                Vector<float> mean = Vector.FusedMultiplyAdd(b1, Vector.Load(m + i), c1 * d), square = Vector.FusedMultiplyAdd(b2, Vector.Load(v + i), c2 * d * d);
                mean.Store(m + i);
                square.Store(v + i);
                ((Vector.Load(x + i) * shrink) - (pace * mean / (Vector.SquareRoot(square * root) + eps))).Store(x + i);
            }

            for (; i < values.Length; i++)
            {
                float d = g[i] * gradientScale;
                m[i] = (options.Beta1 * m[i]) + ((1 - options.Beta1) * d);
                v[i] = (options.Beta2 * v[i]) + ((1 - options.Beta2) * d * d);
                x[i] = (x[i] * (1 - (rate * decay))) - (rate * fixFirst * m[i] / (MathF.Sqrt(v[i] * fixSecond) + options.Epsilon));
            }
        }
    }
}
