using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>The memory of passes over a batch of documents of one length, allocated once and used again.</summary>
internal sealed class Activations
{
    /// <summary>Lengths are multiples of this, so that no vector of tokens holds two documents.</summary>
    public const int LengthStep = 16;

    private Matrix?[]? _raw;

    public Activations(Transformer model, int documents, int length)
    {
        if (length % LengthStep != 0)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"A batch's documents have a multiple of {LengthStep} tokens; pad them.");
        TransformerConfig config = model.Config;
        (Config, Documents, Length) = (config, documents, length);
        Residual = [.. Enumerable.Range(0, (2 * config.LayerCount) + 1).Select(_ => Matrix.Padded(config.Width, Tokens))];
        Layers = [.. Enumerable.Range(0, config.LayerCount).Select(_ => new LayerActivations(config, documents, length))];
        Normed = Matrix.Padded(config.Width, Tokens);
        Logits = Matrix.Padded(config.VocabSize, Tokens);
    }

    public TransformerConfig Config { get; }

    public int Documents { get; }

    /// <summary>Tokens of each document.</summary>
    public int Length { get; }

    public int Tokens => Documents * Length;

    /// <summary>The residual stream before each attention and MLP, and after the last.</summary>
    public Matrix[] Residual { get; }

    public LayerActivations[] Layers { get; }

    /// <summary>The residual stream after the final norm.</summary>
    public Matrix Normed { get; }

    public NormStatistics FinalNorm => _finalNorm ??= new NormStatistics(Tokens);

    private NormStatistics? _finalNorm;

    /// <summary>[vocabulary, tokens]; a loss turns them into their gradient in place.</summary>
    public Matrix Logits { get; }

    /// <summary>A site's channels as they were before its mask.</summary>
    public Matrix Raw(int layer, CircuitSite site)
    {
        _raw ??= new Matrix?[Config.LayerCount * NodeMasks.Sites.Length];
        return _raw[(layer * NodeMasks.Sites.Length) + (int)site] ??= Matrix.Padded(NodeMasks.Channels(Config, site), Tokens);
    }
}
