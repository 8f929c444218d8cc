using System.Runtime.Intrinsics;

namespace AgentTrace.Probe.Kernels;

/// <summary>Copies a matrix with rows and columns exchanged.</summary>
internal static unsafe class Transpose
{
    private const int Tile = 4;

    /// <summary><c>to[j, i] = from[i, j]</c> for <paramref name="rows"/> rows and <paramref name="columns"/> columns of <paramref name="from"/>.</summary>
    public static void Copy(float* from, int fromStride, float* to, int toStride, int rows, int columns)
    {
        int i = 0;
        for (; i + Tile <= rows; i += Tile)
        {
            int j = 0;
            for (; j + Tile <= columns; j += Tile)
                Four(from + ((long)i * fromStride) + j, fromStride, to + ((long)j * toStride) + i, toStride);
            Rest(from, fromStride, to, toStride, i, i + Tile, j, columns);
        }

        Rest(from, fromStride, to, toStride, i, rows, 0, columns);
    }

    private static void Four(float* from, int fromStride, float* to, int toStride)
    {
        Vector128<float> a = Vector128.Load(from), b = Vector128.Load(from + fromStride), c = Vector128.Load(from + (2L * fromStride)), d = Vector128.Load(from + (3L * fromStride));
        // Pairs of lanes, then pairs of pairs.
        Vector128<float> ab = Interleave(a, b, 0), cd = Interleave(c, d, 0), abHigh = Interleave(a, b, 2), cdHigh = Interleave(c, d, 2);
        Low(ab, cd).Store(to);
        High(ab, cd).Store(to + toStride);
        Low(abHigh, cdHigh).Store(to + (2L * toStride));
        High(abHigh, cdHigh).Store(to + (3L * toStride));
    }

    private static Vector128<float> Interleave(Vector128<float> x, Vector128<float> y, int half) => half == 0
        ? System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackLow(x, y) : Vector128.Create(x[0], y[0], x[1], y[1])
        : System.Runtime.Intrinsics.X86.Sse.IsSupported ? System.Runtime.Intrinsics.X86.Sse.UnpackHigh(x, y) : Vector128.Create(x[2], y[2], x[3], y[3]);

    private static Vector128<float> Low(Vector128<float> x, Vector128<float> y) => Vector128.Create(x.GetLower(), y.GetLower());

    private static Vector128<float> High(Vector128<float> x, Vector128<float> y) => Vector128.Create(x.GetUpper(), y.GetUpper());

    private static void Rest(float* from, int fromStride, float* to, int toStride, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        for (int i = firstRow; i < endRow; i++)
            for (int j = firstColumn; j < endColumn; j++)
                to[((long)j * toStride) + i] = from[((long)i * fromStride) + j];
    }
}
