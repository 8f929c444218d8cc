using System.Numerics.Tensors;
using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>A kept node as a sum: a constant, into which all ablated inputs have gone, and the kept inputs with their weights.</summary>
internal readonly struct CompactRow
{
    private readonly int[] _sources;
    private readonly float[] _weights;

    private CompactRow(float constant, int[] sources, float[] weights) => (Constant, _sources, _weights) = (constant, sources, weights);

    public float Constant { get; }

    /// <param name="weights">The map.</param>
    /// <param name="row">The node's row of it.</param>
    /// <param name="bias">Its bias.</param>
    /// <param name="places">For each input, its place among the kept ones, or -1 for an ablated one.</param>
    /// <param name="means">What ablated inputs are replaced by.</param>
    /// <param name="cut">An input that is ablated for this row alone; -1 for none.</param>
    public static CompactRow Of(Matrix weights, int row, float bias, ReadOnlySpan<int> places, ReadOnlySpan<float> means, int cut = -1)
    {
        ReadOnlySpan<float> values = weights.Row(row);
        var sources = new List<int>();
        var kept = new List<float>();
        for (int c = 0; c < values.Length; c++)
        {
            if (values[c] == 0)
                continue;
            if (places[c] < 0 || c == cut)
            {
                bias += values[c] * means[c];
                continue;
            }

            sources.Add(places[c]);
            kept.Add(values[c]);
        }

        return new CompactRow(bias, [.. sources], [.. kept]);
    }

    /// <summary>The node at the tokens from <paramref name="first"/> on: inputs stand [kept input, token], and so does the result.</summary>
    public void At(float[] inputs, int stride, int first, Span<float> result)
    {
        result.Fill(Constant);
        for (int i = 0; i < _sources.Length; i++)
            TensorPrimitives.MultiplyAdd(inputs.AsSpan((_sources[i] * stride) + first, result.Length), _weights[i], result, result);
    }
}
