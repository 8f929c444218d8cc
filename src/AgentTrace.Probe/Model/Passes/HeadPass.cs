using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>All heads of a layer over all documents of a batch.</summary>
internal static unsafe class HeadPass
{
    public static void Forward(Layer layer, LayerActivations a, Activations activations)
    {
        TransformerConfig config = activations.Config;
        int size = config.HeadChannels, width = config.AttentionWidth, length = activations.Length;
        Matrix qkv = a.QueryKeyValue;
        for (int d = 0; d < activations.Documents; d++)
        {
            for (int h = 0; h < config.Heads; h++)
            {
                float* q = qkv.RowPointer(h * size) + (d * length);
                Attention.Forward(
                    q, q + ((long)width * qkv.Stride), q + (2L * width * qkv.Stride), qkv.Stride, layer.Sink is { } sink ? sink.Pointer + h : null,
                    a.Probabilities.RowPointer(((d * config.Heads) + h) * length), a.Probabilities.Stride,
                    a.Mixed.RowPointer(h * size) + (d * length), a.Mixed.Stride, size, length);
            }
        }
    }

    /// <summary>Fills dQKV from dMixed.</summary>
    public static void Backward(Layer layer, LayerActivations a, Matrix dMixed, Matrix dQkv, Matrix scratch, Gradients? gradients, Activations activations)
    {
        TransformerConfig config = activations.Config;
        int size = config.HeadChannels, width = config.AttentionWidth, length = activations.Length;
        Matrix qkv = a.QueryKeyValue;
        for (int d = 0; d < activations.Documents; d++)
        {
            for (int h = 0; h < config.Heads; h++)
            {
                float* q = qkv.RowPointer(h * size) + (d * length), dQ = dQkv.RowPointer(h * size) + (d * length);
                Attention.Backward(
                    q, q + ((long)width * qkv.Stride), q + (2L * width * qkv.Stride), qkv.Stride,
                    layer.Sink is { } sink ? sink.Pointer + h : null, layer.Sink is { } trained && gradients is not null ? gradients.Of(trained) + h : null,
                    a.Probabilities.RowPointer(((d * config.Heads) + h) * length), a.Probabilities.Stride,
                    dMixed.RowPointer(h * size) + (d * length), dMixed.Stride,
                    dQ, dQ + ((long)width * dQkv.Stride), dQ + (2L * width * dQkv.Stride), dQkv.Stride, scratch.Pointer, size, length);
            }
        }
    }
}
