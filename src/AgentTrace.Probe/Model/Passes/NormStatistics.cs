using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>What a norm's backward pass needs of its forward pass, for each token.</summary>
internal sealed class NormStatistics(int tokens)
{
    /// <summary>1 / rms, or 1 / deviation.</summary>
    public Matrix Inverse { get; } = Matrix.Padded(1, tokens);

    /// <summary>Mean; LayerNorm only.</summary>
    public Matrix Mean { get; } = Matrix.Padded(1, tokens);
}
