namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>What a circuit's nodes and norms were at each token of one prompt.</summary>
internal sealed class NodeTrace
{
    private readonly Dictionary<CircuitNode, (int First, float[] Values)> _nodes = [];
    private readonly Dictionary<CircuitNode, (int First, float[] Values)> _mixed = [];
    private readonly Dictionary<int, (int First, float[] Values)> _scales = [];
    private readonly Dictionary<int, float[]> _streams = [];

    public void Record(CircuitNode node, int first, ReadOnlySpan<float> values) => _nodes[node] = (first, values.ToArray());

    public void RecordMixed(CircuitNode value, int first, ReadOnlySpan<float> values) => _mixed[value] = (first, values.ToArray());

    public void RecordStream(int stage, float[] stream) => _streams[stage] = [.. stream];

    public void RecordScale(int stage, int first, ReadOnlySpan<float> values) => _scales[stage] = (first, values.ToArray());

    /// <summary>The residual stream before a sub-block, as the circuit holds it.</summary>
    public float[] Stream(int stage) => _streams[stage];

    /// <summary>A node's activations, and the token of the first: the last layer is computed for the last token alone.</summary>
    public (int First, float[] Values) this[CircuitNode node] => _nodes[node];

    /// <summary>A node's activation at a token; 0 where it was not computed.</summary>
    public float At(CircuitNode node, int token) => At(_nodes[node], token);

    /// <summary>What a head mixed, for a token, of a value channel.</summary>
    public float MixedAt(CircuitNode value, int token) => At(_mixed[value], token);

    /// <summary>What a norm multiplied a token's residual stream by.</summary>
    /// <param name="stage">0 before the first attention, 1 before the first MLP, and so on; the last is before the head.</param>
    /// <param name="token">The token.</param>
    public float ScaleAt(int stage, int token) => At(_scales[stage], token);

    private static float At((int First, float[] Values) recorded, int token) => token >= recorded.First ? recorded.Values[token - recorded.First] : 0;
}
