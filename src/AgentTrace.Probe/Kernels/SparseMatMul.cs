using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Y (+)= W X for weights that are mostly zero: a weight costs one multiply-add for each token, and a zero costs nothing.</summary>
/// <remarks>Eight vectors of tokens stay in registers while the weights of one output (or, transposed, of one input) are gone through.</remarks>
internal static unsafe class SparseMatMul
{
    /// <summary>Y[outputs, tokens] = W X[inputs, tokens].</summary>
    public static void Forward(PackedWeights weights, float* x, int xStride, float* y, int yStride, int tokens) =>
        Gather(weights.RowStarts, weights.Inputs, weights.Values, x, xStride, y, yStride, tokens, accumulate: false);

    /// <summary>dX[inputs, tokens] (+)= W' dY[outputs, tokens].</summary>
    public static void BackwardInput(PackedWeights weights, float* dy, int dyStride, float* dx, int dxStride, int tokens, bool accumulate) =>
        Gather(weights.ColumnStarts, weights.Outputs, weights.ValuesByInput, dy, dyStride, dx, dxStride, tokens, accumulate);

    private static void Gather(
        int[] starts, ReadOnlySpan<int> sources, ReadOnlySpan<float> values, float* x, int xStride, float* y, int yStride, int tokens, bool accumulate)
    {
        int w = Vector<float>.Count, block = 8 * w;
        fixed (int* source = sources)
        fixed (float* value = values)
        {
            int t = 0;
            for (; t + block <= tokens; t += block)
                for (int r = 0; r + 1 < starts.Length; r++)
                    Wide(source, value, starts[r], starts[r + 1], x + t, xStride, y + ((long)r * yStride) + t, w, accumulate);
            for (; t < tokens; t += w)
                for (int r = 0; r + 1 < starts.Length; r++)
                    Narrow(source, value, starts[r], starts[r + 1], x + t, xStride, y + ((long)r * yStride) + t, Math.Min(w, tokens - t), accumulate);
        }
    }

    private static void Wide(int* source, float* value, int start, int end, float* x, int xStride, float* y, int w, bool accumulate)
    {
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        if (accumulate)
        {
            if (start == end)
                return;
            (s0, s1, s2, s3) = (Vector.Load(y), Vector.Load(y + w), Vector.Load(y + (2 * w)), Vector.Load(y + (3 * w)));
            (s4, s5, s6, s7) = (Vector.Load(y + (4 * w)), Vector.Load(y + (5 * w)), Vector.Load(y + (6 * w)), Vector.Load(y + (7 * w)));
        }

        for (int i = start; i < end; i++)
        {
            float* from = x + ((long)source[i] * xStride);
            var v = new Vector<float>(value[i]);
            s0 = Vector.FusedMultiplyAdd(v, Vector.Load(from), s0);
            s1 = Vector.FusedMultiplyAdd(v, Vector.Load(from + w), s1);
            s2 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (2 * w)), s2);
            s3 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (3 * w)), s3);
            s4 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (4 * w)), s4);
            s5 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (5 * w)), s5);
            s6 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (6 * w)), s6);
            s7 = Vector.FusedMultiplyAdd(v, Vector.Load(from + (7 * w)), s7);
        }

        s0.Store(y);
        s1.Store(y + w);
        s2.Store(y + (2 * w));
        s3.Store(y + (3 * w));
        s4.Store(y + (4 * w));
        s5.Store(y + (5 * w));
        s6.Store(y + (6 * w));
        s7.Store(y + (7 * w));
    }

    private static void Narrow(int* source, float* value, int start, int end, float* x, int xStride, float* y, int some, bool accumulate)
    {
        for (int t = 0; t < some; t++)
        {
            float sum = accumulate ? y[t] : 0;
            for (int i = start; i < end; i++)
                sum += value[i] * x[((long)source[i] * xStride) + t];
            y[t] = sum;
        }
    }
}
