namespace AgentTrace.Probe.Kernels;

/// <summary>Copies a matrix with rows and columns exchanged.</summary>
internal static unsafe class Transpose
{
    private const int Tile = 16;

    /// <summary><c>to[j, i] = from[i, j]</c> for <paramref name="rows"/> rows and <paramref name="columns"/> columns of <paramref name="from"/>.</summary>
    public static void Copy(float* from, int fromStride, float* to, int toStride, int rows, int columns)
    {
        // Tile by tile: both sides stay within lines that are in the cache.
        for (int i = 0; i < rows; i += Tile)
        {
            int high = Math.Min(i + Tile, rows);
            for (int j = 0; j < columns; j += Tile)
            {
                int wide = Math.Min(j + Tile, columns);
                for (int r = i; r < high; r++)
                {
                    float* source = from + ((long)r * fromStride);
                    float* target = to + r;
                    for (int c = j; c < wide; c++)
                        target[(long)c * toStride] = source[c];
                }
            }
        }
    }
}
