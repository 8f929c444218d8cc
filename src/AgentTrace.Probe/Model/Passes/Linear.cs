using System.Numerics;
using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>A linear map over tokens, by the packed weights where there are few and by the dense product elsewhere.</summary>
internal static unsafe class Linear
{
    /// <summary>Y[outputs, tokens] = W X[inputs, tokens] + b.</summary>
    public static void Forward(Parameter weight, Parameter? bias, Matrix x, Matrix y, int tokens)
    {
        if (weight.Packed is { } packed)
            SparseMatMul.Forward(packed, x.Pointer, x.Stride, y.Pointer, y.Stride, tokens);
        else
            MatMul.Multiply(weight.Pointer, weight.Value.Columns, 1, x.Pointer, x.Stride, 1, y.Pointer, y.Stride, weight.Value.Rows, tokens, weight.Value.Columns, accumulate: false);
        if (bias is null)
            return;
        for (int r = 0; r < weight.Value.Rows; r++)
            if (bias.Pointer[r] is not 0 and float add)
                Add(y.RowPointer(r), add, tokens);
    }

    /// <summary>dX[inputs, tokens] = W' dY[outputs, tokens].</summary>
    public static void BackwardInput(Parameter weight, Matrix dy, Matrix dx, int tokens)
    {
        if (weight.Packed is { } packed)
            SparseMatMul.BackwardInput(packed, dy.Pointer, dy.Stride, dx.Pointer, dx.Stride, tokens, accumulate: false);
        else
            MatMul.Multiply(weight.Pointer, 1, weight.Value.Columns, dy.Pointer, dy.Stride, 1, dx.Pointer, dx.Stride, weight.Value.Columns, tokens, weight.Value.Rows, accumulate: false);
    }

    /// <summary>dW (+)= dY X' and db += the sum of dY over tokens.</summary>
    /// <param name="weight">The weights.</param>
    /// <param name="bias">The bias; null without one.</param>
    /// <param name="x">What the map was given.</param>
    /// <param name="dy">Gradient of its result.</param>
    /// <param name="gradients">Where gradients are added up.</param>
    /// <param name="tokens">Number of tokens.</param>
    public static void BackwardWeight(Parameter weight, Parameter? bias, Matrix x, Matrix dy, Gradients gradients, int tokens)
    {
        int inputs = weight.Value.Columns;
        MatMul.Multiply(dy.Pointer, dy.Stride, 1, x.Pointer, 1, x.Stride, gradients.Of(weight), inputs, weight.Value.Rows, inputs, tokens, accumulate: true);
        if (bias is null)
            return;
        float* sums = gradients.Of(bias);
        for (int r = 0; r < weight.Value.Rows; r++)
            sums[r] += Sum(dy.RowPointer(r), tokens);
    }

    private static void Add(float* row, float add, int tokens)
    {
        var v = new Vector<float>(add);
        for (int t = 0; t < tokens; t += Vector<float>.Count)
            (Vector.Load(row + t) + v).Store(row + t);
    }

    private static float Sum(float* row, int tokens)
    {
        Vector<float> sum = default;
        for (int t = 0; t < tokens; t += Vector<float>.Count)
            sum += Vector.Load(row + t);
        return Vector.Sum(sum);
    }
}
