using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>Runs a model over a batch.</summary>
internal static unsafe class ForwardPass
{
    /// <summary>Fills the activations up to the final norm; <see cref="Logits"/> goes on from there.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokens">[documents, length]; padding may hold any token, causality keeps it from the others.</param>
    /// <param name="activations">Where results go.</param>
    /// <param name="masks">Nodes to ablate; null for none.</param>
    public static void Run(Transformer model, ReadOnlySpan<int> tokens, Activations activations, NodeMasks? masks = null)
    {
        Embed(model, tokens, activations);
        for (int l = 0; l < model.Layers.Length; l++)
        {
            Attend(model, l, activations, masks);
            Think(model, l, activations, masks);
        }

        Norm(model, model.FinalNorm, model.FinalNormBias, activations.Residual[^1], activations.Normed, activations.FinalNorm, activations.Tokens);
    }

    /// <summary>Logits[vocabulary, tokens] from the final norm.</summary>
    public static void Logits(Transformer model, ReadOnlySpan<int> tokens, Activations activations)
    {
        Matrix logits = activations.Logits;
        Linear.Forward(model.Head, model.HeadBias, activations.Normed, logits, activations.Tokens);
        if (model.Bigram is not { } bigram)
            return;
        for (int t = 0; t < tokens.Length; t++)
        {
            float* add = bigram.Value.RowPointer(tokens[t]);
            float* to = logits.Pointer + t;
            for (int v = 0; v < logits.Rows; v++)
                to[(long)v * logits.Stride] += add[v];
        }
    }

    private static void Embed(Transformer model, ReadOnlySpan<int> tokens, Activations activations)
    {
        Matrix x = activations.Residual[0];
        bool add = model.Config.PositionWidth == 0;
        for (int t = 0; t < tokens.Length; t++)
        {
            float* from = model.Embedding.Value.RowPointer(tokens[t]), position = model.Positions.Value.RowPointer(t % activations.Length);
            float* to = x.Pointer + t;
            for (int c = 0; c < x.Rows; c++)
                to[(long)c * x.Stride] = add ? from[c] + position[c] : from[c];
        }
    }

    private static void Attend(Transformer model, int index, Activations activations, NodeMasks? masks)
    {
        TransformerConfig config = model.Config;
        Layer layer = model.Layers[index];
        LayerActivations a = activations.Layers[index];
        int width = config.AttentionWidth;
        Matrix residual = activations.Residual[2 * index];
        Read(model, layer.AttentionNorm, layer.AttentionNormBias, layer.AttentionPositionNorm, residual, a.AttentionRead, a.AttentionNorm, activations, "attn_in");
        Mask(masks, index, CircuitSite.AttentionIn, activations);
        Linear.Forward(layer.Attend, layer.AttendBias, a.AttentionRead, a.QueryKeyValue, activations.Tokens);
        Sparsify(config, "attn_q", a.QueryKeyValue, 0, width, activations.Tokens);
        Sparsify(config, "attn_k", a.QueryKeyValue, width, width, activations.Tokens);
        Sparsify(config, "attn_v", a.QueryKeyValue, 2 * width, width, activations.Tokens);
        Mask(masks, index, CircuitSite.Query, activations);
        Mask(masks, index, CircuitSite.Key, activations);
        Mask(masks, index, CircuitSite.Value, activations);
        HeadPass.Forward(layer, a, activations);
        Linear.Forward(layer.AttentionOut, layer.AttentionOutBias, a.Mixed, a.AttentionWritten, activations.Tokens);
        Sparsify(config, "attn_out", a.AttentionWritten, 0, config.Width, activations.Tokens);
        Mask(masks, index, CircuitSite.AttentionOut, activations);
        Matrix next = activations.Residual[(2 * index) + 1];
        Rows.Sum(residual, a.AttentionWritten, next, activations.Tokens);
        Sparsify(config, "resid_post_attn", next, 0, config.Width, activations.Tokens);
    }

    private static void Think(Transformer model, int index, Activations activations, NodeMasks? masks)
    {
        TransformerConfig config = model.Config;
        Layer layer = model.Layers[index];
        LayerActivations a = activations.Layers[index];
        Matrix residual = activations.Residual[(2 * index) + 1];
        Read(model, layer.MlpNorm, layer.MlpNormBias, layer.MlpPositionNorm, residual, a.MlpRead, a.MlpNorm, activations, "mlp_in");
        Mask(masks, index, CircuitSite.MlpIn, activations);
        Linear.Forward(layer.MlpIn, layer.MlpInBias, a.MlpRead, a.BeforeNeurons, activations.Tokens);
        Neurons.Forward(config, a.BeforeNeurons, a.Neurons, activations.Tokens);
        Sparsify(config, "mlp_neuron", a.Neurons, 0, config.Neurons, activations.Tokens);
        Mask(masks, index, CircuitSite.Neuron, activations);
        Linear.Forward(layer.MlpOut, layer.MlpOutBias, a.Neurons, a.MlpWritten, activations.Tokens);
        Sparsify(config, "mlp_out", a.MlpWritten, 0, config.Width, activations.Tokens);
        Mask(masks, index, CircuitSite.MlpOut, activations);
        Matrix next = activations.Residual[(2 * index) + 2];
        Rows.Sum(residual, a.MlpWritten, next, activations.Tokens);
        Sparsify(config, "resid_post_mlp", next, 0, config.Width, activations.Tokens);
    }

    private static void Read(
        Transformer model, Parameter weight, Parameter? bias, Parameter? positionNorm, Matrix residual, Matrix read, NormStatistics statistics, Activations activations, string site)
    {
        Norm(model, weight, bias, residual, read, statistics, activations.Tokens);
        if (positionNorm is not null)
            PositionPass.Forward(model, positionNorm, read, activations);
        Sparsify(model.Config, site, read, 0, model.Config.ReadWidth, activations.Tokens);
    }

    private static void Norm(Transformer model, Parameter weight, Parameter? bias, Matrix x, Matrix y, NormStatistics statistics, int tokens)
    {
        if (model.Config.RmsNorm)
            RmsNorm.Forward(x.Pointer, x.Stride, weight.Pointer, y.Pointer, y.Stride, statistics.Inverse.Pointer, model.Config.Width, tokens);
        else
            LayerNorm.Forward(x.Pointer, x.Stride, weight.Pointer, bias is null ? null : bias.Pointer, y.Pointer, y.Stride,
                statistics.Inverse.Pointer, statistics.Mean.Pointer, model.Config.Width, tokens);
    }

    private static void Sparsify(TransformerConfig config, string site, Matrix x, int firstRow, int channels, int tokens) =>
        AbsTopK.Forward(x.RowPointer(firstRow), x.Stride, channels, tokens, config.Kept(site, channels));

    private static void Mask(NodeMasks? masks, int layer, CircuitSite site, Activations activations)
    {
        if (masks is null)
            return;
        (Matrix matrix, int firstRow) = activations.Layers[layer].At(site);
        masks[layer, site].Apply(matrix, firstRow, activations.Raw(layer, site), activations.Tokens);
    }
}
