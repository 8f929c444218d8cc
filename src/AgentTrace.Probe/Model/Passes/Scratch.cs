using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>Room for transposed activations [tokens, channels], kept from one use to the next.</summary>
internal sealed class Scratch
{
    private readonly Dictionary<int, Matrix> _byWidth = [];

    public Matrix Turned(int tokens, int channels)
    {
        if (!_byWidth.TryGetValue(channels, out Matrix? matrix) || matrix.Rows < tokens)
            _byWidth[channels] = matrix = Matrix.Padded(tokens, channels);
        return matrix;
    }
}
