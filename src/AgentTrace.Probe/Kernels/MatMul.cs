using System.Numerics;

namespace AgentTrace.Probe.Kernels;

/// <summary>C (+)= A B for float32: the one dense product, of which a layer's forward pass and both its gradients are cases.</summary>
/// <remarks>
/// A is read at any two strides, so a transposed matrix is the same memory with its strides exchanged. A and B are copied into panels that
/// the inner loop walks straight through: a tile of 6 x 2 vectors of C stays in registers while it runs over at most <see cref="DepthBlock"/>
/// values of the shared dimension. B's panel stays in the first-level cache, A's block in the second.
/// </remarks>
internal static unsafe class MatMul
{
    public const int TileRows = 6;
    private const int DepthBlock = 256;
    private const int RowBlock = 96;
    private const int ColumnBlock = 512;

    [ThreadStatic]
    private static Matrix? t_panels;

    private static readonly int s_width = Vector<float>.Count;

    private static int TileColumns => 2 * s_width;

    /// <summary>C[rows, columns] (+)= A[rows, depth] B[depth, columns].</summary>
    /// <param name="a">Element (i, k) of A stands at <c>a[i * aRow + k * aColumn]</c>.</param>
    /// <param name="aRow">Stride between rows of A.</param>
    /// <param name="aColumn">Stride between columns of A.</param>
    /// <param name="b">Row-major B.</param>
    /// <param name="bStride">Stride between rows of B.</param>
    /// <param name="c">Row-major C.</param>
    /// <param name="cStride">Stride between rows of C.</param>
    /// <param name="rows">Rows of C.</param>
    /// <param name="columns">Columns of C.</param>
    /// <param name="depth">The dimension summed over.</param>
    /// <param name="accumulate">Whether to add to C rather than replace it.</param>
    public static void Multiply(float* a, int aRow, int aColumn, float* b, int bStride, float* c, int cStride, int rows, int columns, int depth, bool accumulate)
    {
        t_panels ??= Matrix.Dense(1, (RowBlock * DepthBlock) + (DepthBlock * (ColumnBlock + 32)));
        float* panelA = t_panels.Pointer, panelB = panelA + (RowBlock * DepthBlock);
        for (int k = 0; k < depth; k += DepthBlock)
        {
            int deep = Math.Min(DepthBlock, depth - k);
            bool add = accumulate || k > 0;
            for (int j = 0; j < columns; j += ColumnBlock)
            {
                int wide = Math.Min(ColumnBlock, columns - j);
                PackB(b + ((long)k * bStride) + j, bStride, panelB, deep, wide);
                for (int i = 0; i < rows; i += RowBlock)
                {
                    int high = Math.Min(RowBlock, rows - i);
                    PackA(a + ((long)i * aRow) + ((long)k * aColumn), aRow, aColumn, panelA, high, deep);
                    Block(panelA, panelB, c + ((long)i * cStride) + j, cStride, high, wide, deep, add);
                }
            }
        }
    }

    private static void Block(float* panelA, float* panelB, float* c, int cStride, int high, int wide, int deep, bool add)
    {
        float* edge = stackalloc float[TileRows * 2 * 16];
        int tile = TileColumns;
        for (int j = 0; j < wide; j += tile)
        {
            float* pb = panelB + ((long)j * deep);
            for (int i = 0; i < high; i += TileRows)
            {
                float* pa = panelA + ((long)i * deep);
                float* target = c + ((long)i * cStride) + j;
                if (high - i >= TileRows && wide - j >= tile)
                {
                    Tile(pa, pb, target, cStride, deep, add);
                    continue;
                }

                // An edge of C: the whole tile is computed beside it (the panels are padded with zeros), and the part that exists copied.
                Tile(pa, pb, edge, tile, deep, add: false);
                for (int r = 0; r < Math.Min(TileRows, high - i); r++)
                    for (int q = 0; q < Math.Min(tile, wide - j); q++)
                        target[((long)r * cStride) + q] = add ? target[((long)r * cStride) + q] + edge[(r * tile) + q] : edge[(r * tile) + q];
            }
        }
    }

    private static void Tile(float* a, float* b, float* c, int cStride, int deep, bool add)
    {
        int w = s_width;
        Vector<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        for (int k = 0; k < deep; k++)
        {
            Vector<float> b0 = Vector.Load(b), b1 = Vector.Load(b + w);
            var v = new Vector<float>(a[0]);
            c00 = Vector.FusedMultiplyAdd(v, b0, c00);
            c01 = Vector.FusedMultiplyAdd(v, b1, c01);
            v = new Vector<float>(a[1]);
            c10 = Vector.FusedMultiplyAdd(v, b0, c10);
            c11 = Vector.FusedMultiplyAdd(v, b1, c11);
            v = new Vector<float>(a[2]);
            c20 = Vector.FusedMultiplyAdd(v, b0, c20);
            c21 = Vector.FusedMultiplyAdd(v, b1, c21);
            v = new Vector<float>(a[3]);
            c30 = Vector.FusedMultiplyAdd(v, b0, c30);
            c31 = Vector.FusedMultiplyAdd(v, b1, c31);
            v = new Vector<float>(a[4]);
            c40 = Vector.FusedMultiplyAdd(v, b0, c40);
            c41 = Vector.FusedMultiplyAdd(v, b1, c41);
            v = new Vector<float>(a[5]);
            c50 = Vector.FusedMultiplyAdd(v, b0, c50);
            c51 = Vector.FusedMultiplyAdd(v, b1, c51);
            a += TileRows;
            b += 2 * w;
        }

        Put(c, w, c00, c01, add);
        Put(c + cStride, w, c10, c11, add);
        Put(c + (2L * cStride), w, c20, c21, add);
        Put(c + (3L * cStride), w, c30, c31, add);
        Put(c + (4L * cStride), w, c40, c41, add);
        Put(c + (5L * cStride), w, c50, c51, add);
    }

    private static void Put(float* c, int w, Vector<float> left, Vector<float> right, bool add)
    {
        if (add)
        {
            left += Vector.Load(c);
            right += Vector.Load(c + w);
        }

        left.Store(c);
        right.Store(c + w);
    }

    private static void PackA(float* a, int aRow, int aColumn, float* panel, int high, int deep)
    {
        for (int i = 0; i < high; i += TileRows)
        {
            int some = Math.Min(TileRows, high - i);
            float* source = a + ((long)i * aRow);
            for (int r = 0; r < TileRows; r++)
            {
                float* to = panel + r;
                if (r >= some)
                {
                    for (int k = 0; k < deep; k++)
                        to[k * TileRows] = 0;
                    continue;
                }

                float* from = source + ((long)r * aRow);
                for (int k = 0; k < deep; k++)
                    to[k * TileRows] = from[(long)k * aColumn];
            }

            panel += TileRows * deep;
        }
    }

    private static void PackB(float* b, int bStride, float* panel, int deep, int wide)
    {
        int tile = TileColumns, w = s_width;
        for (int j = 0; j < wide; j += tile)
        {
            int some = Math.Min(tile, wide - j);
            float* from = b + j;
            for (int k = 0; k < deep; k++)
            {
                if (some == tile)
                {
                    Vector.Load(from).Store(panel);
                    Vector.Load(from + w).Store(panel + w);
                }
                else
                {
                    for (int q = 0; q < tile; q++)
                        panel[q] = q < some ? from[q] : 0;
                }

                from += bStride;
                panel += tile;
            }
        }
    }
}
