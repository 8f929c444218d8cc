using AgentTrace.Probe.Circuits.Compact;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Circuits.Reading;

/// <summary>Runs a circuit on a text and says which of its nodes fired. One text at a time: it may not be called from two threads at once.</summary>
public sealed class CircuitReader
{
    private readonly Transformer _model;
    private readonly Circuit _circuit;
    private readonly CompactCircuit _whole;
    private readonly CompactCircuit[] _without;
    private readonly ILookup<CircuitNode, CircuitEdge> _edgesInto;

    /// <summary>Prepares a circuit.</summary>
    /// <param name="model">The model it was found in.</param>
    /// <param name="circuit">The circuit.</param>
    public CircuitReader(Transformer model, Circuit circuit)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(circuit);
        (_model, _circuit) = (model, circuit);
        NodeSet nodes = Set(model.Config, circuit);
        _whole = new CompactCircuit(model, nodes);
        _without = [.. circuit.Nodes.Select(node =>
        {
            nodes[node] = false;
            var without = new CompactCircuit(model, nodes, _whole);
            nodes[node] = true;
            return without;
        })];
        _edgesInto = circuit.Edges.ToLookup(edge => edge.To);
    }

    /// <summary>Reads a text up to the last place where one of the circuit's two answers stands, or to its end where none does.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="open">Read to the end whatever stands in the text: it is a prompt, and what would come next is asked.</param>
    /// <exception cref="ArgumentException">There is nothing to read, or a token that the model does not have.</exception>
    public CircuitReading Read(ReadOnlySpan<int> tokens, bool open = false)
    {
        for (int t = 0; t < tokens.Length; t++)
            if (tokens[t] < 0 || tokens[t] >= _model.Config.VocabSize)
                throw new ArgumentException($"Token {t} is {tokens[t]}; the model has tokens 0 to {_model.Config.VocabSize - 1}.", nameof(tokens));
        int place = open ? -1 : tokens.LastIndexOfAny(_circuit.First, _circuit.Second);
        int? answer = place > 0 ? tokens[place] : null;
        ReadOnlySpan<int> prompt = place > 0 ? tokens[..place] : tokens;
        if (prompt.Length == 0)
            throw new ArgumentException("There is no token to read.", nameof(tokens));
        prompt = prompt[Math.Max(0, prompt.Length - _model.Config.BlockSize)..];

        var trace = new NodeTrace();
        double difference = _whole.Difference(prompt, _circuit.First, _circuit.Second, trace);
        double first = Calibration.Sigmoid((_circuit.Calibration.Scale * difference) + _circuit.Calibration.Bias);
        double? loss = answer is null ? null : -Math.Log(Math.Max(answer == _circuit.First ? first : 1 - first, double.Epsilon));
        int[] read = prompt.ToArray();
        return new CircuitReading
        {
            Prompt = read,
            Answer = answer,
            Difference = difference,
            Prediction = first >= 0.5 ? _circuit.First : _circuit.Second,
            Probability = Math.Max(first, 1 - first),
            Loss = loss,
            Surprise = loss - Entropy(first),
            Nodes = [.. _circuit.Nodes.Select((node, i) => Of(i, node, read, trace, difference)).OrderByDescending(node => Math.Abs(node.Contribution))],
        };
    }

    private NodeReading Of(int index, CircuitNode node, int[] prompt, NodeTrace trace, double difference)
    {
        float mean = _circuit.NodeMeans[index];
        (int first, float[] values) = trace[node];
        int farthest = 0;
        for (int i = 1; i < values.Length; i++)
            if (Math.Abs(values[i] - mean) >= Math.Abs(values[farthest] - mean))
                farthest = i;
        int token = first + farthest;
        return new NodeReading
        {
            Node = node,
            Token = token,
            Activation = values[farthest],
            Mean = mean,
            Contribution = difference - _without[index].DifferenceFrom(Stage(node), trace.Stream(Stage(node)), prompt, _circuit.First, _circuit.Second),
            FedBy = [.. Feeds(node, token, trace).OrderByDescending(feed => Math.Abs(feed.Flow))],
            FromToken = IsResidualRead(node) ? _model.Embedding.Value[prompt[token], node.Channel] * ReadGain(node, token, trace) : 0,
            ToLogits = Writes(node) ? trace.At(node, prompt.Length - 1) * HeadGain(node.Channel, prompt.Length - 1, trace) : 0,
        };
    }

    private IEnumerable<NodeFeed> Feeds(CircuitNode node, int token, NodeTrace trace)
    {
        foreach (CircuitEdge edge in _edgesInto[node])
        {
            // What a head mixes of a value channel is what its output reads.
            float source = edge.From.Site == CircuitSite.Value ? trace.MixedAt(edge.From, token) : trace.At(edge.From, token);
            yield return new NodeFeed(edge.From, edge.Weight, edge.Weight * (double)source, false);
        }

        if (!IsResidualRead(node))
            yield break;
        float gain = ReadGain(node, token, trace);
        foreach (CircuitNode writer in _circuit.Nodes)
            if (writer.Channel == node.Channel && Writes(writer) && Stage(writer) < Stage(node))
                yield return new NodeFeed(writer, gain, gain * (double)trace.At(writer, token), true);
    }

    private float ReadGain(CircuitNode node, int token, NodeTrace trace)
    {
        Layer layer = _model.Layers[node.Layer];
        Parameter norm = node.Site == CircuitSite.AttentionIn ? layer.AttentionNorm : layer.MlpNorm;
        return norm.Value[0, node.Channel] * trace.ScaleAt(Stage(node), token);
    }

    private float HeadGain(int channel, int token, NodeTrace trace) =>
        (_model.Head.Value[_circuit.First, channel] - _model.Head.Value[_circuit.Second, channel]) * _model.FinalNorm.Value[0, channel] * trace.ScaleAt(2 * _model.Config.LayerCount, token);

    private bool IsResidualRead(CircuitNode node) => node.Site is CircuitSite.AttentionIn or CircuitSite.MlpIn && node.Channel < _model.Config.Width;

    // Of the sub-block that a node is in: attention before MLP, layer by layer.
    private static int Stage(CircuitNode node) => (2 * node.Layer) + (node.Site >= CircuitSite.MlpIn ? 1 : 0);

    private static bool Writes(CircuitNode node) => node.Site is CircuitSite.AttentionOut or CircuitSite.MlpOut;

    private static double Entropy(double p) => p is <= 0 or >= 1 ? 0 : -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));

    private static NodeSet Set(TransformerConfig config, Circuit circuit)
    {
        var means = new NodeMasks(config);
        int at = 0;
        foreach (NodeMask mask in means.All)
            for (int c = 0; c < mask.Channels; c++)
                mask.Mean[c] = circuit.Means[at++];
        var nodes = new NodeSet(config, means);
        foreach (CircuitNode node in circuit.Nodes)
            nodes[node] = true;
        return nodes;
    }
}
