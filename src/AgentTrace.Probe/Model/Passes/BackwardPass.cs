using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>Gradients of a loss by parameters, by node masks, or by both.</summary>
internal sealed unsafe class BackwardPass
{
    private readonly Transformer _model;
    private readonly Activations _activations;
    private readonly Matrix _dRead;
    private readonly Matrix _dQkv;
    private readonly Matrix _dMixed;
    private readonly Matrix _dNeurons;
    private readonly Matrix _dWritten;
    private readonly Matrix _scores;

    public BackwardPass(Transformer model, Activations activations)
    {
        (_model, _activations) = (model, activations);
        TransformerConfig config = model.Config;
        int tokens = activations.Tokens;
        (_dRead, _dQkv, _dMixed) = (Matrix.Padded(config.ReadWidth, tokens), Matrix.Padded(3 * config.AttentionWidth, tokens), Matrix.Padded(config.AttentionWidth, tokens));
        (_dNeurons, _dWritten, DResidual, DNormed) = (Matrix.Padded(config.Neurons, tokens), Matrix.Padded(config.Width, tokens), Matrix.Padded(config.Width, tokens), Matrix.Padded(config.Width, tokens));
        _scores = Matrix.Padded(activations.Length, activations.Length);
    }

    /// <summary>Gradient of the loss by the output of the final norm: where <see cref="Run"/> starts.</summary>
    public Matrix DNormed { get; }

    private Matrix DResidual { get; }

    /// <summary>Takes the gradient of the logits, in place of the logits, through the head; adds the head's own gradients.</summary>
    public void Head(ReadOnlySpan<int> tokens, Gradients gradients)
    {
        Matrix d = _activations.Logits;
        Linear.BackwardInput(_model.Head, d, DNormed, _activations.Tokens);
        Linear.BackwardWeight(_model.Head, _model.HeadBias, _activations.Normed, d, gradients, _activations.Tokens);
        if (_model.Bigram is not { IsTrained: true } bigram)
            return;
        for (int t = 0; t < tokens.Length; t++)
        {
            float* sum = gradients.Of(bigram) + ((long)tokens[t] * d.Rows), from = d.Pointer + t;
            for (int v = 0; v < d.Rows; v++)
                sum[v] += from[(long)v * d.Stride];
        }
    }

    /// <summary>From <see cref="DNormed"/> down to the embedding.</summary>
    /// <param name="tokens">The batch.</param>
    /// <param name="gradients">Where parameters' gradients are added up; null where they are not wanted.</param>
    /// <param name="masks">Masks of the forward pass, whose gradients are added up; null for none.</param>
    public void Run(ReadOnlySpan<int> tokens, Gradients? gradients, NodeMasks? masks = null)
    {
        DResidual.Values.Clear();
        Norm(_model.FinalNorm, _model.FinalNormBias, _activations.Residual[^1], DNormed, _activations.FinalNorm, gradients);
        for (int l = _model.Layers.Length - 1; l >= 0; l--)
        {
            Think(l, gradients, masks);
            Attend(l, gradients, masks);
        }

        if (gradients is not null)
            Embed(tokens, gradients);
    }

    private void Think(int index, Gradients? gradients, NodeMasks? masks)
    {
        TransformerConfig config = _model.Config;
        Layer layer = _model.Layers[index];
        LayerActivations a = _activations.Layers[index];
        int tokens = _activations.Tokens;
        Unsparsify("resid_post_mlp", _activations.Residual[(2 * index) + 2], DResidual, 0, config.Width);
        CopyResidual();
        Unmask(masks, index, CircuitSite.MlpOut, _dWritten, 0);
        Unsparsify("mlp_out", a.MlpWritten, _dWritten, 0, config.Width);
        Linear.BackwardInput(layer.MlpOut, _dWritten, _dNeurons, tokens);
        if (gradients is not null)
            Linear.BackwardWeight(layer.MlpOut, layer.MlpOutBias, a.Neurons, _dWritten, gradients, tokens);
        Unmask(masks, index, CircuitSite.Neuron, _dNeurons, 0);
        Unsparsify("mlp_neuron", a.Neurons, _dNeurons, 0, config.Neurons);
        Neurons.Backward(config, a.BeforeNeurons, _dNeurons, tokens);
        Linear.BackwardInput(layer.MlpIn, _dNeurons, _dRead, tokens);
        if (gradients is not null)
            Linear.BackwardWeight(layer.MlpIn, layer.MlpInBias, a.MlpRead, _dNeurons, gradients, tokens);
        Unread(index, CircuitSite.MlpIn, "mlp_in", a.MlpRead, layer.MlpPositionNorm, gradients, masks);
        Norm(layer.MlpNorm, layer.MlpNormBias, _activations.Residual[(2 * index) + 1], _dRead, a.MlpNorm, gradients);
    }

    private void Attend(int index, Gradients? gradients, NodeMasks? masks)
    {
        TransformerConfig config = _model.Config;
        Layer layer = _model.Layers[index];
        LayerActivations a = _activations.Layers[index];
        int tokens = _activations.Tokens, width = config.AttentionWidth;
        Unsparsify("resid_post_attn", _activations.Residual[(2 * index) + 1], DResidual, 0, config.Width);
        CopyResidual();
        Unmask(masks, index, CircuitSite.AttentionOut, _dWritten, 0);
        Unsparsify("attn_out", a.AttentionWritten, _dWritten, 0, config.Width);
        Linear.BackwardInput(layer.AttentionOut, _dWritten, _dMixed, tokens);
        if (gradients is not null)
            Linear.BackwardWeight(layer.AttentionOut, layer.AttentionOutBias, a.Mixed, _dWritten, gradients, tokens);
        HeadPass.Backward(layer, a, _dMixed, _dQkv, _scores, gradients, _activations);
        Unmask(masks, index, CircuitSite.Query, _dQkv, 0);
        Unmask(masks, index, CircuitSite.Key, _dQkv, width);
        Unmask(masks, index, CircuitSite.Value, _dQkv, 2 * width);
        Unsparsify("attn_q", a.QueryKeyValue, _dQkv, 0, width);
        Unsparsify("attn_k", a.QueryKeyValue, _dQkv, width, width);
        Unsparsify("attn_v", a.QueryKeyValue, _dQkv, 2 * width, width);
        Linear.BackwardInput(layer.Attend, _dQkv, _dRead, tokens);
        if (gradients is not null)
            Linear.BackwardWeight(layer.Attend, layer.AttendBias, a.AttentionRead, _dQkv, gradients, tokens);
        Unread(index, CircuitSite.AttentionIn, "attn_in", a.AttentionRead, layer.AttentionPositionNorm, gradients, masks);
        Norm(layer.AttentionNorm, layer.AttentionNormBias, _activations.Residual[2 * index], _dRead, a.AttentionNorm, gradients);
    }

    private void Unread(int layer, CircuitSite site, string name, Matrix read, Parameter? positionNorm, Gradients? gradients, NodeMasks? masks)
    {
        Unmask(masks, layer, site, _dRead, 0);
        Unsparsify(name, read, _dRead, 0, _model.Config.ReadWidth);
        if (positionNorm is not null && gradients is not null)
            PositionPass.Backward(_model, positionNorm, _dRead, _activations, gradients);
    }

    private void Norm(Parameter weight, Parameter? bias, Matrix x, Matrix dy, NormStatistics statistics, Gradients? gradients)
    {
        float* dWeight = gradients is null ? null : gradients.Of(weight);
        if (_model.Config.RmsNorm)
            RmsNorm.Backward(x.Pointer, x.Stride, weight.Pointer, statistics.Inverse.Pointer, dy.Pointer, dy.Stride, DResidual.Pointer, DResidual.Stride, dWeight, x.Rows, _activations.Tokens);
        else
            LayerNorm.Backward(
                x.Pointer, x.Stride, weight.Pointer, statistics.Inverse.Pointer, statistics.Mean.Pointer, dy.Pointer, dy.Stride, DResidual.Pointer, DResidual.Stride,
                dWeight, gradients is null || bias is null ? null : gradients.Of(bias), x.Rows, _activations.Tokens);
    }

    private void Embed(ReadOnlySpan<int> tokens, Gradients gradients)
    {
        int width = _model.Config.Width;
        float* positions = _model.Config.PositionWidth == 0 ? gradients.Of(_model.Positions) : null;
        for (int t = 0; t < tokens.Length; t++)
        {
            float* from = DResidual.Pointer + t, sum = gradients.Of(_model.Embedding) + ((long)tokens[t] * width);
            float* place = positions is null ? null : positions + ((long)(t % _activations.Length) * width);
            for (int c = 0; c < width; c++)
            {
                float d = from[(long)c * DResidual.Stride];
                sum[c] += d;
                if (place is not null)
                    place[c] += d;
            }
        }
    }

    private void CopyResidual()
    {
        for (int c = 0; c < DResidual.Rows; c++)
            DResidual.Row(c).CopyTo(_dWritten.Row(c));
    }

    private void Unmask(NodeMasks? masks, int layer, CircuitSite site, Matrix d, int firstRow) =>
        masks?[layer, site].Backward(_activations.Raw(layer, site), d, firstRow, _activations.Tokens);

    private void Unsparsify(string site, Matrix y, Matrix d, int firstRow, int channels)
    {
        if (_model.Config.Kept(site, channels) < channels)
            AbsTopK.Backward(y.RowPointer(firstRow), y.Stride, d.RowPointer(firstRow), d.Stride, channels, _activations.Tokens);
    }
}
