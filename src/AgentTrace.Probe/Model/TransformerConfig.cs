using System.Text.Json.Serialization;

namespace AgentTrace.Probe.Model;

/// <summary>A model's shape, by the names under which the weight-sparse transformers of Gao et al. (2025) were published.</summary>
public sealed record TransformerConfig
{
    /// <summary>Most tokens of one document.</summary>
    [JsonPropertyName("block_size")]
    public required int BlockSize { get; init; }

    /// <summary>Number of different tokens.</summary>
    [JsonPropertyName("vocab_size")]
    public required int VocabSize { get; init; }

    /// <summary>Number of layers.</summary>
    [JsonPropertyName("n_layer")]
    public required int LayerCount { get; init; }

    /// <summary>Attention heads of a layer; 0 for as many as fit into the width.</summary>
    [JsonPropertyName("n_head")]
    public int HeadCount { get; init; }

    /// <summary>Channels of a head; 0 for the width divided by the heads.</summary>
    [JsonPropertyName("d_head")]
    public int HeadSize { get; init; }

    /// <summary>Channels of the residual stream.</summary>
    [JsonPropertyName("d_model")]
    public required int Width { get; init; }

    /// <summary>Neurons of a layer's MLP; 0 for four times the width.</summary>
    [JsonPropertyName("d_mlp")]
    public int MlpWidth { get; init; }

    /// <summary>Whether linear maps have a bias.</summary>
    [JsonPropertyName("bias")]
    public bool Bias { get; init; } = true;

    /// <summary>Whether LayerNorm has a bias; RMSNorm never has one.</summary>
    [JsonPropertyName("ln_bias")]
    public bool NormBias { get; init; } = true;

    /// <summary>RMSNorm rather than LayerNorm.</summary>
    [JsonPropertyName("rms_norm")]
    public bool RmsNorm { get; init; }

    /// <summary><c>gelu</c> (exact) or <c>relu</c>.</summary>
    [JsonPropertyName("activation_type")]
    public string ActivationType { get; init; } = "gelu";

    /// <summary>Share of the channels that AbsTopK keeps at <see cref="SparseSites"/>, 0..1; null or 1 for all.</summary>
    [JsonPropertyName("afrac")]
    public double? ActiveFraction { get; init; }

    /// <summary>Where AbsTopK acts, separated by commas: attn_in, attn_q, attn_k, attn_v, attn_out, mlp_in, mlp_neuron, mlp_out, resid_post_attn, resid_post_mlp.</summary>
    [JsonPropertyName("afrac_loctypes")]
    public string SparseSites { get; init; } = "";

    /// <summary>Whether the token embedding is the unembedding too.</summary>
    [JsonPropertyName("tied_unembed")]
    public bool TiedUnembedding { get; init; } = true;

    /// <summary>Whether a table [vocabulary, vocabulary], by current token, is added to the logits.</summary>
    [JsonPropertyName("enable_bigram_table")]
    public bool BigramTable { get; init; }

    /// <summary>Whether training changes that table.</summary>
    [JsonPropertyName("learnable_bigram_table")]
    public bool LearnableBigramTable { get; init; }

    /// <summary>Channels that hold the position beside the residual stream; 0 to add positions to it.</summary>
    [JsonPropertyName("d_pos_emb")]
    public int PositionWidth { get; init; }

    /// <summary>Sinusoids in those channels (not trained) rather than a learned table.</summary>
    [JsonPropertyName("sinusoidal_cat_pos_emb")]
    public bool SinusoidalPositions { get; init; }

    /// <summary>Whether every head may attend to a sink: a key and a value of zeros with a learned logit.</summary>
    [JsonPropertyName("sink")]
    public bool Sink { get; init; }

    /// <summary>What the tokens are, for those who put words to them; null for the built-in corpus of code.</summary>
    [JsonPropertyName("corpus")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corpus { get; init; }

    /// <summary>Heads, with the default filled in.</summary>
    [JsonIgnore]
    public int Heads => HeadCount > 0 ? HeadCount : Math.Max(1, Width / Math.Max(1, HeadSize));

    /// <summary>Channels of a head, with the default filled in.</summary>
    [JsonIgnore]
    public int HeadChannels => HeadSize > 0 ? HeadSize : Width / Math.Max(1, Heads);

    /// <summary>Channels of all heads together.</summary>
    [JsonIgnore]
    public int AttentionWidth => Heads * HeadChannels;

    /// <summary>MLP neurons, with the default filled in.</summary>
    [JsonIgnore]
    public int Neurons => MlpWidth > 0 ? MlpWidth : 4 * Width;

    /// <summary>Channels that attention and MLP read: the residual stream and, beside it, the position.</summary>
    [JsonIgnore]
    public int ReadWidth => Width + PositionWidth;

    /// <summary>How many channels AbsTopK keeps at a site of <paramref name="width"/> channels; all of them where it does not act.</summary>
    internal int Kept(string site, int width) =>
        ActiveFraction is { } share && share < 1 && SparseSites.Split(',').Contains(site) ? (int)(share * width) : width;
}
