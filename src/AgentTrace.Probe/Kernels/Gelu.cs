using System.Numerics;
using System.Runtime.CompilerServices;

namespace AgentTrace.Probe.Kernels;

/// <summary>GELU in its exact form, <c>x/2 (1 + erf(x / sqrt 2))</c> (Hendrycks and Gimpel, 2016).</summary>
/// <remarks>erf by Abramowitz and Stegun 7.1.26, absolute error below 1.5e-7: float32's own rounding.</remarks>
internal static unsafe class Gelu
{
    private const float InverseRootTwo = 0.70710678f;
    private const float InverseRootTwoPi = 0.39894228f;

    /// <summary>One row of tokens, a multiple of the vector's width long (rows are padded to that).</summary>
    public static void Forward(float* x, float* y, int tokens)
    {
        int w = Vector<float>.Count;
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> v = Vector.Load(x + t);
            (v * Half(v, Exponential.Of(v * v * new Vector<float>(-0.5f)))).Store(y + t);
        }
    }

    /// <summary><c>dx = dy * gelu'(x)</c>.</summary>
    public static void Backward(float* x, float* dy, float* dx, int tokens)
    {
        int w = Vector<float>.Count;
        for (int t = 0; t < tokens; t += w)
        {
            Vector<float> v = Vector.Load(x + t);
            Vector<float> bell = Exponential.Of(v * v * new Vector<float>(-0.5f));
            Vector<float> slope = Half(v, bell) + (v * new Vector<float>(InverseRootTwoPi) * bell);
            (Vector.Load(dy + t) * slope).Store(dx + t);
        }
    }

    // (1 + erf(x / sqrt 2)) / 2, given e^(-x^2 / 2), which the slope needs too.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Half(Vector<float> x, Vector<float> bell)
    {
        Vector<float> z = Vector.Abs(x) * new Vector<float>(InverseRootTwo);
        Vector<float> t = Vector<float>.One / Vector.FusedMultiplyAdd(new Vector<float>(0.3275911f), z, Vector<float>.One);
        Vector<float> p = new(1.061405429f);
        p = Vector.FusedMultiplyAdd(p, t, new Vector<float>(-1.453152027f));
        p = Vector.FusedMultiplyAdd(p, t, new Vector<float>(1.421413741f));
        p = Vector.FusedMultiplyAdd(p, t, new Vector<float>(-0.284496736f));
        p = Vector.FusedMultiplyAdd(p, t, new Vector<float>(0.254829592f));
        Vector<float> tail = p * t * bell * new Vector<float>(0.5f);
        return Vector.ConditionalSelect(Vector.LessThan(x, default), tail, Vector<float>.One - tail);
    }
}
