using System.Numerics;
using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>Sums of activations.</summary>
internal static unsafe class Rows
{
    /// <summary><paramref name="sum"/> = <paramref name="a"/> + <paramref name="b"/>, which may be the same memory.</summary>
    public static void Sum(Matrix a, Matrix b, Matrix sum, int tokens)
    {
        for (int c = 0; c < sum.Rows; c++)
        {
            float* x = a.RowPointer(c), y = b.RowPointer(c), to = sum.RowPointer(c);
            for (int t = 0; t < tokens; t += Vector<float>.Count)
                (Vector.Load(x + t) + Vector.Load(y + t)).Store(to + t);
        }
    }
}
