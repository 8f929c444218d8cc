using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Circuits.Compact;

/// <summary>What a circuit leaves of one layer.</summary>
internal sealed class CompactLayer
{
    public CompactLayer(Transformer model, NodeSet nodes, int index, int[] tracked)
    {
        TransformerConfig config = model.Config;
        Layer layer = model.Layers[index];
        bool[] read = nodes.Of(index, CircuitSite.AttentionIn);
        (AttentionReads, int[] places) = Reads(read, tracked, config.Width, layer.AttentionNorm, model, layer.AttentionPositionNorm);
        float[] readMeans = nodes.Mean(index, CircuitSite.AttentionIn);
        Heads = [.. Enumerable.Range(0, config.Heads)
            .Where(h => CompactHead.IsActive(config, nodes, index, h))
            .Select(h => new CompactHead(config, layer, nodes, index, h, places, readMeans))];
        (AttentionWrites, AttentionConstants) = AttentionOut(model, layer, nodes, index, tracked);

        (MlpReads, int[] mlpPlaces) = Reads(nodes.Of(index, CircuitSite.MlpIn), tracked, config.Width, layer.MlpNorm, model, layer.MlpPositionNorm);
        bool[] neurons = nodes.Of(index, CircuitSite.Neuron);
        int[] neuronPlaces = Places(neurons);
        float[] mlpMeans = nodes.Mean(index, CircuitSite.MlpIn), neuronMeans = nodes.Mean(index, CircuitSite.Neuron);
        NeuronChannels = [.. Kept(neurons)];
        Neurons = [.. Kept(neurons).Select(n => CompactRow.Of(layer.MlpIn.Value, n, Bias(layer.MlpInBias, n), mlpPlaces, mlpMeans, nodes.CutInto(index, CircuitSite.Neuron, n)))];
        bool[] written = nodes.Of(index, CircuitSite.MlpOut);
        MlpWrites = [.. Kept(written).Select(c => (tracked[c], CompactRow.Of(layer.MlpOut.Value, c, Bias(layer.MlpOutBias, c), neuronPlaces, neuronMeans, nodes.CutInto(index, CircuitSite.MlpOut, c))))];
    }

    public CompactRead[] AttentionReads { get; }

    public CompactHead[] Heads { get; }

    /// <summary>Tracked channel and the sum that is added to it; inputs are the active heads' channels.</summary>
    public (int Tracked, CompactRow Sum)[] AttentionWrites { get; }

    /// <summary>[write, position]: what heads without a kept node add, which depends on the position alone.</summary>
    public float[][] AttentionConstants { get; }

    public CompactRead[] MlpReads { get; }

    public CompactRow[] Neurons { get; }

    /// <summary>Which neuron each of <see cref="Neurons"/> is.</summary>
    public int[] NeuronChannels { get; }

    public (int Tracked, CompactRow Sum)[] MlpWrites { get; }

    private ((int Tracked, CompactRow Sum)[] Writes, float[][] Constants) AttentionOut(Transformer model, Layer layer, NodeSet nodes, int index, int[] tracked)
    {
        TransformerConfig config = model.Config;
        int size = config.HeadChannels;
        int[] places = new int[config.AttentionWidth];
        Array.Fill(places, -1);
        for (int a = 0; a < Heads.Length; a++)
            for (int c = 0; c < size; c++)
                places[(Heads[a].Head * size) + c] = (a * size) + c;
        // Inactive heads are not constants of a row: what they say grows with the position, away from the sink.
        float[] none = new float[config.AttentionWidth], values = nodes.Mean(index, CircuitSite.Value);
        var writes = new List<(int, CompactRow)>();
        var constants = new List<float[]>();
        foreach (int channel in Kept(nodes.Of(index, CircuitSite.AttentionOut)))
        {
            writes.Add((tracked[channel], CompactRow.Of(layer.AttentionOut.Value, channel, Bias(layer.AttentionOutBias, channel), places, none, nodes.CutInto(index, CircuitSite.AttentionOut, channel))));
            float[] byPosition = new float[config.BlockSize];
            for (int h = 0; h < config.Heads; h++)
            {
                float sum = 0;
                for (int c = h * size; c < (h + 1) * size; c++)
                    sum += places[c] >= 0 ? 0 : layer.AttentionOut.Value[channel, c] * values[c];
                if (sum != 0)
                    CompactHead.AddConstant(byPosition, sum, config, layer, nodes, index, h);
            }

            constants.Add(byPosition);
        }

        return ([.. writes], [.. constants]);
    }

    private static (CompactRead[] Reads, int[] Places) Reads(
        bool[] kept, int[] tracked, int width, Parameter norm, Transformer model, Parameter? positionNorm)
    {
        var reads = new List<CompactRead>();
        int[] places = Places(kept);
        foreach (int c in Kept(kept))
            reads.Add(c < width ? new CompactRead(c, tracked[c], norm.Value[0, c], null) : new CompactRead(c, -1, 0, PositionChannels.Normed(model, positionNorm!, c - width)));
        return ([.. reads], places);
    }

    private static int[] Places(bool[] kept)
    {
        int[] places = new int[kept.Length];
        int next = 0;
        for (int i = 0; i < kept.Length; i++)
            places[i] = kept[i] ? next++ : -1;
        return places;
    }

    private static IEnumerable<int> Kept(bool[] kept) => Enumerable.Range(0, kept.Length).Where(i => kept[i]);

    private static float Bias(Parameter? bias, int row) => bias is null ? 0 : bias.Value[0, row];
}
