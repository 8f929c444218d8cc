namespace AgentTrace.Probe.Kernels;

/// <summary>Keeps the weights of largest magnitude and sets the others to zero: the L0 constraint of weight-sparse training.</summary>
internal static class TopKMask
{
    private const int Shift = 15;

    /// <summary>In place; exactly <paramref name="keep"/> values may stay nonzero. Of equal magnitudes the first stay.</summary>
    /// <param name="values">The values.</param>
    /// <param name="keep">How many stay.</param>
    /// <param name="histogram">Room for 65,536 counts.</param>
    public static void Apply(Span<float> values, int keep, Span<int> histogram)
    {
        if (keep >= values.Length)
            return;
        // A float's bits without the sign order as its magnitude does: count by the upper half of the bits, then by the lower.
        histogram.Clear();
        foreach (float value in values)
            histogram[Bits(value) >> Shift]++;
        (int upper, int inBin) = Find(histogram, keep);
        histogram.Clear();
        int mask = (1 << Shift) - 1;
        foreach (float value in values)
            if (Bits(value) >> Shift == upper)
                histogram[Bits(value) & mask]++;
        (int lower, int ties) = Find(histogram[..(mask + 1)], inBin);
        int least = (upper << Shift) | lower;
        foreach (ref float value in values)
        {
            int bits = Bits(value);
            if (bits < least || (bits == least && ties-- <= 0))
                value = 0;
        }
    }

    // The bin that holds the keep-th largest, and how many of that bin are to be kept.
    private static (int Bin, int Left) Find(ReadOnlySpan<int> histogram, int keep)
    {
        int bin = histogram.Length - 1, left = keep;
        while (bin > 0 && histogram[bin] < left)
            left -= histogram[bin--];
        return (bin, left);
    }

    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value) & int.MaxValue;
}
