using System.Runtime.InteropServices;

namespace AgentTrace.Probe.Kernels;

/// <summary>A float32 matrix, rows <see cref="Stride"/> values apart, in memory that does not move.</summary>
/// <remarks>
/// Activations are [channels, tokens]: a token's neighbours in memory are the same channel of its neighbour tokens, so that every kernel
/// works on whole vectors of tokens. Weights are [outputs, inputs], as published models store them.
/// </remarks>
public sealed unsafe class Matrix
{
    private const int LineFloats = 16;
    private readonly float[] _values;

    private Matrix(int rows, int columns, int stride)
    {
        (Rows, Columns, Stride) = (rows, columns, stride);
        // Pinned by where it is allocated: kernels keep pointers.
        _values = GC.AllocateArray<float>(Math.Max(1, rows * stride), pinned: true);
        Pointer = (float*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Values from the start of one row to the start of the next.</summary>
    public int Stride { get; }

    /// <summary>All values, with the padding between rows where <see cref="Stride"/> is above <see cref="Columns"/>.</summary>
    public Span<float> Values => _values;

    internal Memory<float> Memory => _values;

    internal float* Pointer { get; }

    /// <summary>One value.</summary>
    public ref float this[int row, int column] => ref _values[(row * Stride) + column];

    /// <summary>One row, without padding.</summary>
    public Span<float> Row(int row) => _values.AsSpan(row * Stride, Columns);

    internal float* RowPointer(int row) => Pointer + ((long)row * Stride);

    /// <summary>Weights: rows follow each other without padding.</summary>
    public static Matrix Dense(int rows, int columns) => new(rows, columns, columns);

    /// <summary>Activations: an odd number of cache lines from row to row, so that the rows of one column do not fight for the same cache set.</summary>
    public static Matrix Padded(int rows, int columns)
    {
        int lines = (columns + LineFloats - 1) / LineFloats;
        return new Matrix(rows, columns, (lines % 2 == 0 ? lines + 1 : lines) * LineFloats);
    }
}
