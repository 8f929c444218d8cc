namespace AgentTrace.Probe.Model;

/// <summary>Refuses configurations that make no model, or one too large to be meant.</summary>
internal static class ConfigCheck
{
    private const int MostChannels = 1 << 14;
    private const int MostTokens = 1 << 16;
    private const int MostLayers = 256;
    private const long MostWeights = 1L << 30;

    private static readonly string[] s_sites =
        ["attn_in", "attn_q", "attn_k", "attn_v", "attn_out", "mlp_in", "mlp_neuron", "mlp_out", "resid_post_attn", "resid_post_mlp"];

    public static void Throw(TransformerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Within("block_size", config.BlockSize, 1, MostTokens);
        Within("vocab_size", config.VocabSize, 2, MostTokens);
        Within("n_layer", config.LayerCount, 1, MostLayers);
        Within("d_model", config.Width, 1, MostChannels);
        Within("n_head", config.HeadCount, 0, MostChannels);
        Within("d_head", config.HeadSize, 0, MostChannels);
        Within("d_mlp", config.MlpWidth, 0, 4 * MostChannels);
        Within("d_pos_emb", config.PositionWidth, 0, MostChannels);
        if (config.HeadSize == 0 && config.Width % config.Heads != 0)
            throw Bad("n_head", config.HeadCount, $"a divisor of d_model ({config.Width}), or give d_head");
        Within("n_head x d_head", config.AttentionWidth, 1, MostChannels);
        if (config.ActivationType is not ("gelu" or "relu"))
            throw Bad("activation_type", config.ActivationType, "gelu, relu");
        if (config.ActiveFraction is { } share && !(share is > 0 and <= 1))
            throw Bad("afrac", share, "above 0, at most 1");
        if (config.SparseSites.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Except(s_sites).FirstOrDefault() is { } site)
            throw Bad("afrac_loctypes", site, string.Join(", ", s_sites));
        long weights = ((long)config.VocabSize * ((2L * config.Width) + (config.BigramTable ? config.VocabSize : 0)))
            + (config.LayerCount * (((4L * config.AttentionWidth) + (2L * config.Neurons)) * config.ReadWidth));
        if (weights > MostWeights)
            throw Bad("number of weights", weights, $"at most {MostWeights}");
    }

    private static void Within(string name, int value, int least, int most)
    {
        if (value < least || value > most)
            throw Bad(name, value, $"{least} to {most}");
    }

    private static ArgumentException Bad(string name, object value, string allowed) =>
        new($"The model's configuration has {name} = {value}; allowed: {allowed}.");
}
