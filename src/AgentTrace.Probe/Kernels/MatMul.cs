using System.Numerics;
using System.Runtime.Intrinsics;

namespace AgentTrace.Probe.Kernels;

/// <summary>C (+)= A B for float32: the one dense product, of which a layer's forward pass and both its gradients are cases.</summary>
/// <remarks>
/// A and B are read at any two strides, so a transposed matrix is the same memory with its strides exchanged. Both are copied into panels that
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

    private static int TileColumns => 2 * Vector<float>.Count;

    /// <summary>C[rows, columns] (+)= A[rows, depth] B[depth, columns].</summary>
    /// <param name="a">Element (i, k) of A stands at <c>a[i * aRow + k * aColumn]</c>.</param>
    /// <param name="aRow">Stride between rows of A.</param>
    /// <param name="aColumn">Stride between columns of A.</param>
    /// <param name="b">B, likewise.</param>
    /// <param name="bRow">Stride between rows of B.</param>
    /// <param name="bColumn">Stride between columns of B.</param>
    /// <param name="c">Row-major C.</param>
    /// <param name="cStride">Stride between rows of C.</param>
    /// <param name="rows">Rows of C.</param>
    /// <param name="columns">Columns of C.</param>
    /// <param name="depth">The dimension summed over.</param>
    /// <param name="accumulate">Whether to add to C rather than replace it.</param>
    public static void Multiply(float* a, int aRow, int aColumn, float* b, int bRow, int bColumn, float* c, int cStride, int rows, int columns, int depth, bool accumulate)
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
                PackB(b + ((long)k * bRow) + ((long)j * bColumn), bRow, bColumn, panelB, deep, wide);
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
        int w = Vector<float>.Count;
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
            float* from = a + ((long)i * aRow);
            if (high - i >= TileRows && aColumn == 1)
                PackRows(from, aRow, panel, deep);
            else if (high - i >= TileRows && aRow == 1)
                PackColumns(from, aColumn, panel, deep);
            else
                PackEdge(from, aRow, aColumn, panel, Math.Min(TileRows, high - i), deep);
            panel += TileRows * deep;
        }
    }

    // Six rows side by side: four columns of them are turned at a time.
    private static void PackRows(float* a, int aRow, float* panel, int deep)
    {
        int k = 0;
        for (; k + 4 <= deep; k += 4)
        {
            float* from = a + k, to = panel + (k * TileRows);
            Vector128<float> r0 = Vector128.Load(from), r1 = Vector128.Load(from + aRow), r2 = Vector128.Load(from + (2L * aRow)), r3 = Vector128.Load(from + (3L * aRow));
            Vector128<float> r4 = Vector128.Load(from + (4L * aRow)), r5 = Vector128.Load(from + (5L * aRow));
            Vector128<float> low = Pairs.Low(r0, r1), high = Pairs.High(r0, r1), low2 = Pairs.Low(r2, r3), high2 = Pairs.High(r2, r3);
            Vector128<float> low3 = Pairs.Low(r4, r5), high3 = Pairs.High(r4, r5);
            Put(to, low.GetLower(), low2.GetLower(), low3.GetLower());
            Put(to + TileRows, low.GetUpper(), low2.GetUpper(), low3.GetUpper());
            Put(to + (2 * TileRows), high.GetLower(), high2.GetLower(), high3.GetLower());
            Put(to + (3 * TileRows), high.GetUpper(), high2.GetUpper(), high3.GetUpper());
        }

        PackEdge(a + k, aRow, 1, panel + (k * TileRows), TileRows, deep - k);
    }

    private static void PackColumns(float* a, int aColumn, float* panel, int deep)
    {
        for (int k = 0; k < deep; k++, a += aColumn, panel += TileRows)
        {
            Vector128.Load(a).Store(panel);
            Vector64.Load(a + 4).Store(panel + 4);
        }
    }

    private static void PackEdge(float* a, int aRow, int aColumn, float* panel, int some, int deep)
    {
        for (int k = 0; k < deep; k++)
            for (int r = 0; r < TileRows; r++)
                panel[(k * TileRows) + r] = r < some ? a[((long)r * aRow) + ((long)k * aColumn)] : 0;
    }

    private static void Put(float* to, Vector64<float> first, Vector64<float> second, Vector64<float> third)
    {
        first.Store(to);
        second.Store(to + 2);
        third.Store(to + 4);
    }

    private static void PackB(float* b, int bRow, int bColumn, float* panel, int deep, int wide)
    {
        int tile = TileColumns;
        for (int j = 0; j < wide; j += tile)
        {
            float* from = b + ((long)j * bColumn);
            if (wide - j >= tile && bColumn == 1)
                PackRowsOfB(from, bRow, panel, deep, tile);
            else if (wide - j >= tile && bRow == 1)
                PackColumnsOfB(from, bColumn, panel, deep, tile);
            else
                PackEdgeOfB(from, bRow, bColumn, panel, deep, tile, Math.Min(tile, wide - j));
            panel += tile * deep;
        }
    }

    private static void PackRowsOfB(float* b, int bRow, float* panel, int deep, int tile)
    {
        for (int k = 0; k < deep; k++, b += bRow, panel += tile)
        {
            Vector.Load(b).Store(panel);
            Vector.Load(b + Vector<float>.Count).Store(panel + Vector<float>.Count);
        }
    }

    // Columns stand along the memory: four by four they are turned.
    private static void PackColumnsOfB(float* b, int bColumn, float* panel, int deep, int tile)
    {
        int k = 0;
        for (; k + 4 <= deep; k += 4)
        {
            for (int q = 0; q < tile; q += 4)
            {
                float* from = b + ((long)q * bColumn) + k, to = panel + (k * tile) + q;
                Vector128<float> r0 = Vector128.Load(from), r1 = Vector128.Load(from + bColumn), r2 = Vector128.Load(from + (2L * bColumn)), r3 = Vector128.Load(from + (3L * bColumn));
                Vector128<float> low = Pairs.Low(r0, r1), high = Pairs.High(r0, r1), low2 = Pairs.Low(r2, r3), high2 = Pairs.High(r2, r3);
                Pairs.Lower(low, low2).Store(to);
                Pairs.Upper(low, low2).Store(to + tile);
                Pairs.Lower(high, high2).Store(to + (2 * tile));
                Pairs.Upper(high, high2).Store(to + (3 * tile));
            }
        }

        PackEdgeOfB(b + k, 1, bColumn, panel + (k * tile), deep - k, tile, tile);
    }

    private static void PackEdgeOfB(float* b, int bRow, int bColumn, float* panel, int deep, int tile, int some)
    {
        for (int k = 0; k < deep; k++)
            for (int q = 0; q < tile; q++)
                panel[(k * tile) + q] = q < some ? b[((long)k * bRow) + ((long)q * bColumn)] : 0;
    }
}
