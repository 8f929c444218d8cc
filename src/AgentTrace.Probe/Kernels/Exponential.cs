using System.Numerics;
using System.Runtime.CompilerServices;

namespace AgentTrace.Probe.Kernels;

/// <summary>e^x for vectors of float32, relative error below 2e-7.</summary>
/// <remarks>
/// The framework's goes by way of float64 and takes several times as long, and here it is most of a softmax. x is split into n ln 2 + r with
/// |r| at most ln 2 / 2; e^r is a polynomial (Cephes, expf), and 2^n is written into the exponent's bits.
/// </remarks>
internal static class Exponential
{
    private const float Least = -87.33654f;
    private const float Most = 88.37626f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Of(Vector<float> x)
    {
        Vector<float> clamped = Vector.MinNative(Vector.MaxNative(x, new Vector<float>(Least)), new Vector<float>(Most));
        Vector<float> n = Vector.Floor(Vector.FusedMultiplyAdd(clamped, new Vector<float>(1.44269504f), new Vector<float>(0.5f)));
        Vector<float> r = Vector.FusedMultiplyAdd(n, new Vector<float>(-0.693359375f), clamped);
        r = Vector.FusedMultiplyAdd(n, new Vector<float>(2.12194440e-4f), r);
        Vector<float> p = new(1.9875691500e-4f);
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1.3981999507e-3f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(8.3334519073e-3f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(4.1665795894e-2f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(1.6666665459e-1f));
        p = Vector.FusedMultiplyAdd(p, r, new Vector<float>(5.0000001201e-1f));
        p = Vector.FusedMultiplyAdd(p, r * r, r + Vector<float>.One);
        Vector<float> power = Vector.AsVectorSingle(Vector.ShiftLeft(Vector.ConvertToInt32Native(n) + new Vector<int>(127), 23));
        return Vector.ConditionalSelect(Vector.LessThan(x, new Vector<float>(Least)), default, p * power);
    }
}
