namespace AgentTrace.Probe.Kernels;

/// <summary>Keeps, for each token, the channels of largest magnitude and sets the others to zero (Gao et al., 2025).</summary>
internal static unsafe class AbsTopK
{
    /// <summary>In place on X[channels, tokens]; the gradient passes where a value was kept, so what is zero afterwards has none.</summary>
    public static void Forward(float* x, int stride, int channels, int tokens, int keep)
    {
        if (keep >= channels)
            return;
        float* magnitudes = stackalloc float[channels];
        var sorted = new Span<float>(magnitudes, channels);
        for (int t = 0; t < tokens; t++)
        {
            for (int c = 0; c < channels; c++)
                sorted[c] = Math.Abs(x[((long)c * stride) + t]);
            sorted.Sort();
            float least = sorted[channels - keep];
            int above = keep;
            for (int c = channels - keep; c < channels && sorted[c] == least; c++)
                above--;
            // Of values that are equal to the least one kept, the first channels stay.
            int ties = keep - above;
            for (int c = 0; c < channels; c++)
            {
                ref float value = ref x[((long)c * stride) + t];
                float magnitude = Math.Abs(value);
                if (magnitude < least || (magnitude == least && ties-- <= 0))
                    value = 0;
            }
        }
    }

    /// <summary>Takes away the gradient of what was not kept: <paramref name="y"/> is the result of the forward pass.</summary>
    public static void Backward(float* y, int yStride, float* d, int dStride, int channels, int tokens)
    {
        for (int c = 0; c < channels; c++)
            for (int t = 0; t < tokens; t++)
                if (y[((long)c * yStride) + t] == 0)
                    d[((long)c * dStride) + t] = 0;
    }
}
