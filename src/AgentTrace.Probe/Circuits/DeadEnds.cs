using AgentTrace.Probe.Kernels;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits;

/// <summary>Finds nodes on no path of edges from the tokens to the task's logits: they are no part of what does the task.</summary>
/// <remarks>A head's queries and keys lead on through the values that the head mixes.</remarks>
internal static class DeadEnds
{
    /// <summary>The nodes that lie on a path.</summary>
    /// <param name="model">The model.</param>
    /// <param name="nodes">The nodes kept.</param>
    /// <param name="answers">Tokens whose logits the task compares.</param>
    public static NodeSet Without(Transformer model, NodeSet nodes, IReadOnlyCollection<int> answers)
    {
        NodeSet left = nodes;
        while (true)
        {
            NodeSet fed = Fed(model, left);
            NodeSet heard = Heard(model, fed, answers);
            if (heard.Count == left.Count)
                return left;
            left = heard;
        }
    }

    private static NodeSet Fed(Transformer model, NodeSet nodes)
    {
        NodeSet fed = nodes.Empty();
        bool[] channels = [.. Enumerable.Range(0, model.Config.Width).Select(c => HasColumn(model.Embedding.Value, c))];
        for (int l = 0; l < model.Layers.Length; l++)
        {
            Layer layer = model.Layers[l];
            Read(fed, nodes, l, CircuitSite.AttentionIn, channels);
            for (int part = 0; part < 3; part++)
                Follow(fed, nodes, l, CircuitSite.AttentionIn, CircuitSite.Query + part, layer.Attend.Value, part * model.Config.AttentionWidth);
            Follow(fed, nodes, l, CircuitSite.Value, CircuitSite.AttentionOut, layer.AttentionOut.Value, 0);
            Write(fed, l, CircuitSite.AttentionOut, channels);
            Read(fed, nodes, l, CircuitSite.MlpIn, channels);
            Follow(fed, nodes, l, CircuitSite.MlpIn, CircuitSite.Neuron, layer.MlpIn.Value, 0);
            Follow(fed, nodes, l, CircuitSite.Neuron, CircuitSite.MlpOut, layer.MlpOut.Value, 0);
            Write(fed, l, CircuitSite.MlpOut, channels);
        }

        return fed;
    }

    private static NodeSet Heard(Transformer model, NodeSet nodes, IReadOnlyCollection<int> answers)
    {
        NodeSet heard = nodes.Empty();
        bool[] channels = [.. Enumerable.Range(0, model.Config.Width).Select(c => answers.Any(token => model.Head.Value[token, c] != 0))];
        for (int l = model.Layers.Length - 1; l >= 0; l--)
        {
            Layer layer = model.Layers[l];
            Read(heard, nodes, l, CircuitSite.MlpOut, channels);
            Lead(heard, nodes, l, CircuitSite.Neuron, CircuitSite.MlpOut, layer.MlpOut.Value, 0);
            Lead(heard, nodes, l, CircuitSite.MlpIn, CircuitSite.Neuron, layer.MlpIn.Value, 0);
            Write(heard, l, CircuitSite.MlpIn, channels);
            Read(heard, nodes, l, CircuitSite.AttentionOut, channels);
            Lead(heard, nodes, l, CircuitSite.Value, CircuitSite.AttentionOut, layer.AttentionOut.Value, 0);
            Patterns(heard, nodes, l, model.Config.HeadChannels);
            for (int part = 0; part < 3; part++)
                Lead(heard, nodes, l, CircuitSite.AttentionIn, CircuitSite.Query + part, layer.Attend.Value, part * model.Config.AttentionWidth);
            Write(heard, l, CircuitSite.AttentionIn, channels);
        }

        return heard;
    }

    // Kept nodes whose residual channel is live; position channels lie beyond those and always are.
    private static void Read(NodeSet live, NodeSet nodes, int layer, CircuitSite site, bool[] channels)
    {
        bool[] kept = nodes.Of(layer, site), to = live.Of(layer, site);
        for (int c = 0; c < kept.Length; c++)
            to[c] = kept[c] && (c >= channels.Length || channels[c]);
    }

    private static void Write(NodeSet live, int layer, CircuitSite site, bool[] channels)
    {
        bool[] from = live.Of(layer, site);
        for (int c = 0; c < channels.Length; c++)
            channels[c] |= from[c];
    }

    private static void Follow(NodeSet live, NodeSet nodes, int layer, CircuitSite source, CircuitSite target, Matrix weights, int firstRow)
    {
        bool[] from = live.Of(layer, source), kept = nodes.Of(layer, target), to = live.Of(layer, target);
        for (int r = 0; r < kept.Length; r++)
            for (int c = 0; kept[r] && !to[r] && c < from.Length; c++)
                to[r] = from[c] && weights[firstRow + r, c] != 0;
    }

    private static void Lead(NodeSet live, NodeSet nodes, int layer, CircuitSite source, CircuitSite target, Matrix weights, int firstRow)
    {
        bool[] to = live.Of(layer, target), kept = nodes.Of(layer, source), from = live.Of(layer, source);
        for (int r = 0; r < to.Length; r++)
            for (int c = 0; to[r] && c < kept.Length; c++)
                from[c] |= kept[c] && weights[firstRow + r, c] != 0;
    }

    private static void Patterns(NodeSet live, NodeSet nodes, int layer, int size)
    {
        bool[] values = live.Of(layer, CircuitSite.Value);
        for (int c = 0; c < values.Length; c++)
        {
            bool mixes = values.AsSpan(c / size * size, size).Contains(true);
            live.Of(layer, CircuitSite.Query)[c] = mixes && nodes.Of(layer, CircuitSite.Query)[c];
            live.Of(layer, CircuitSite.Key)[c] = mixes && nodes.Of(layer, CircuitSite.Key)[c];
        }
    }

    private static bool HasColumn(Matrix weights, int column)
    {
        for (int r = 0; r < weights.Rows; r++)
            if (weights[r, column] != 0)
                return true;
        return false;
    }
}
