using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits;

/// <summary>A circuit's edges: the nonzero weights between kept nodes. Their number is its size.</summary>
internal static class CircuitEdges
{
    public static int Count(Transformer model, NodeSet nodes) => All(model, nodes).Count();

    public static IEnumerable<CircuitEdge> All(Transformer model, NodeSet nodes)
    {
        int width = model.Config.AttentionWidth;
        for (int l = 0; l < model.Layers.Length; l++)
        {
            Layer layer = model.Layers[l];
            foreach (CircuitEdge edge in Between(layer.Attend, 0, nodes, l, CircuitSite.AttentionIn, CircuitSite.Query)
                .Concat(Between(layer.Attend, width, nodes, l, CircuitSite.AttentionIn, CircuitSite.Key))
                .Concat(Between(layer.Attend, 2 * width, nodes, l, CircuitSite.AttentionIn, CircuitSite.Value))
                .Concat(Between(layer.AttentionOut, 0, nodes, l, CircuitSite.Value, CircuitSite.AttentionOut))
                .Concat(Between(layer.MlpIn, 0, nodes, l, CircuitSite.MlpIn, CircuitSite.Neuron))
                .Concat(Between(layer.MlpOut, 0, nodes, l, CircuitSite.Neuron, CircuitSite.MlpOut)))
                yield return edge;
        }
    }

    private static IEnumerable<CircuitEdge> Between(Parameter weight, int firstRow, NodeSet nodes, int layer, CircuitSite from, CircuitSite to)
    {
        bool[] sources = nodes.Of(layer, from), targets = nodes.Of(layer, to);
        for (int r = 0; r < targets.Length; r++)
        {
            if (!targets[r])
                continue;
            for (int c = 0; c < sources.Length; c++)
                if (sources[c] && weight.Value[firstRow + r, c] is not 0 and float value)
                    yield return new CircuitEdge(new CircuitNode(layer, from, c), new CircuitNode(layer, to, r), value);
        }
    }
}
