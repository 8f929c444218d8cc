using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>C = A B' for small float32 matrices, both read along their rows: the gradients of an attention head, which are sums over tokens.</summary>
/// <remarks>Every entry is the dot product of two rows, so nothing is copied or turned first, which at a head's size would cost as much as the product.</remarks>
internal static unsafe class ProductOfRows
{
    private const int TileRows = 4;
    private const int TileColumns = 2;

    /// <summary>C[rows, columns] = A[rows, depth] B[columns, depth]'.</summary>
    /// <param name="a">Row-major A.</param>
    /// <param name="aStride">Stride between rows of A.</param>
    /// <param name="b">Row-major B.</param>
    /// <param name="bStride">Stride between rows of B.</param>
    /// <param name="c">Row-major C.</param>
    /// <param name="cStride">Stride between rows of C.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Rows of B, columns of C.</param>
    /// <param name="depth">Columns of A and B.</param>
    public static void Multiply(float* a, int aStride, float* b, int bStride, float* c, int cStride, int rows, int columns, int depth)
    {
        int whole = depth / Vector<float>.Count * Vector<float>.Count, j = 0;
        for (; j + TileColumns <= columns; j += TileColumns)
        {
            float* y = b + ((long)j * bStride);
            int i = 0;
            for (; whole == depth && i + TileRows <= rows; i += TileRows)
                Tile(a + ((long)i * aStride), aStride, y, bStride, c + ((long)i * cStride) + j, cStride, depth);
            Edge(a, aStride, b, bStride, c, cStride, i, rows, j, j + TileColumns, depth);
        }

        Edge(a, aStride, b, bStride, c, cStride, 0, rows, j, columns, depth);
    }

    private static void Tile(float* a, int aStride, float* b, int bStride, float* c, int cStride, int depth)
    {
        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        float* a1 = a + aStride, a2 = a1 + aStride, a3 = a2 + aStride, b1 = b + bStride;
        for (int k = 0; k < depth; k += Vector<float>.Count)
        {
            Vector<float> y0 = Vector.Load(b + k), y1 = Vector.Load(b1 + k), x = Vector.Load(a + k);
            s00 = Vector.FusedMultiplyAdd(x, y0, s00);
            s01 = Vector.FusedMultiplyAdd(x, y1, s01);
            x = Vector.Load(a1 + k);
            s10 = Vector.FusedMultiplyAdd(x, y0, s10);
            s11 = Vector.FusedMultiplyAdd(x, y1, s11);
            x = Vector.Load(a2 + k);
            s20 = Vector.FusedMultiplyAdd(x, y0, s20);
            s21 = Vector.FusedMultiplyAdd(x, y1, s21);
            x = Vector.Load(a3 + k);
            s30 = Vector.FusedMultiplyAdd(x, y0, s30);
            s31 = Vector.FusedMultiplyAdd(x, y1, s31);
        }

        (c[0], c[1]) = (Vector.Sum(s00), Vector.Sum(s01));
        c += cStride;
        (c[0], c[1]) = (Vector.Sum(s10), Vector.Sum(s11));
        c += cStride;
        (c[0], c[1]) = (Vector.Sum(s20), Vector.Sum(s21));
        c += cStride;
        (c[0], c[1]) = (Vector.Sum(s30), Vector.Sum(s31));
    }

    private static void Edge(float* a, int aStride, float* b, int bStride, float* c, int cStride, int row, int rows, int column, int columns, int depth)
    {
        for (int i = row; i < rows; i++)
        {
            for (int j = column; j < columns; j++)
            {
                float sum = 0;
                for (int k = 0; k < depth; k++)
                    sum += a[((long)i * aStride) + k] * b[((long)j * bStride) + k];
                c[((long)i * cStride) + j] = sum;
            }
        }
    }
}
