namespace AgentTrace.Probe.Kernels;

/// <summary>Adam's coefficients.</summary>
/// <param name="Beta1">Memory of the mean.</param>
/// <param name="Beta2">Memory of the squares.</param>
/// <param name="Epsilon">Added to the root. Sparse training wants 0.1 (with gradients scaled to an RMS of 1): weights that hardly ever get a gradient then hardly move.</param>
public readonly record struct AdamOptions(float Beta1, float Beta2, float Epsilon)
{
    /// <summary>0.9, 0.95, 1e-8.</summary>
    public static AdamOptions Dense { get; } = new(0.9f, 0.95f, 1e-8f);

    /// <summary>0.9, 0.95, 0.1 (Gao et al., 2025).</summary>
    public static AdamOptions Sparse { get; } = new(0.9f, 0.95f, 0.1f);
}
