namespace AgentTrace.Probe.Model;

/// <summary>A decoder of the published weight-sparse kind: its parameters, by the published names.</summary>
public sealed class Transformer
{
    private readonly List<Parameter> _parameters = [];

    /// <summary>Creates the model with random weights: normal 0.02, projections back into the residual stream divided by sqrt(2 layers).</summary>
    /// <param name="config">Its shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="ArgumentException">The configuration makes no model; the message says which setting and what is allowed.</exception>
    public Transformer(TransformerConfig config, int seed = 0)
    {
        ConfigCheck.Throw(config);
        Config = config;
        bool separate = config.PositionWidth > 0;
        int width = config.Width, read = config.ReadWidth, attention = config.AttentionWidth, neurons = config.Neurons;
        if (config.BigramTable)
            Bigram = Add("bigram_table", config.VocabSize, config.VocabSize, trained: config.LearnableBigramTable);
        HeadBias = AddVector("final_logits_bias", config.VocabSize);
        Parameter? embedding = config.TiedUnembedding ? null : Add("transformer.wte.weight", config.VocabSize, width);
        Positions = Add("transformer.wpe.weight", config.BlockSize, separate ? config.PositionWidth : width, trained: !(separate && config.SinusoidalPositions));
        Layers = [.. Enumerable.Range(0, config.LayerCount).Select(i => MakeLayer($"transformer.h.{i}.", width, read, attention, neurons))];
        FinalNorm = AddVector("transformer.ln_f.weight", width);
        FinalNormBias = NormBias("transformer.ln_f.bias", width);
        Head = Add("lm_head.weight", config.VocabSize, width);
        Embedding = embedding ?? Head;
        InitialWeights.Fill(this, seed);
        Refresh();
    }

    /// <summary>The shape.</summary>
    public TransformerConfig Config { get; }

    /// <summary>All parameters, in the order of a published file.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Number of weights that are not zero, in all parameters.</summary>
    public long Nonzeros => _parameters.Sum(parameter => (long)parameter.Nonzeros());

    internal Parameter Embedding { get; }

    internal Parameter Positions { get; }

    internal Layer[] Layers { get; }

    internal Parameter FinalNorm { get; }

    internal Parameter? FinalNormBias { get; }

    internal Parameter Head { get; }

    internal Parameter HeadBias { get; }

    internal Parameter? Bigram { get; }

    /// <summary>To be called when weights have changed and before the model is run.</summary>
    public void Refresh()
    {
        foreach (Parameter parameter in _parameters)
            parameter.Refresh();
    }

    private Layer MakeLayer(string prefix, int width, int read, int attention, int neurons) => new()
    {
        AttentionNorm = AddVector(prefix + "ln_1.weight", width),
        AttentionNormBias = NormBias(prefix + "ln_1.bias", width),
        Attend = Add(prefix + "attn.c_attn.weight", 3 * attention, read),
        AttendBias = Bias(prefix + "attn.c_attn.bias", 3 * attention),
        AttentionOut = Add(prefix + "attn.c_proj.weight", width, attention),
        AttentionOutBias = Bias(prefix + "attn.c_proj.bias", width),
        Sink = Config.Sink ? AddVector(prefix + "attn.attn_imp.sink_logit", Config.Heads) : null,
        MlpNorm = AddVector(prefix + "ln_2.weight", width),
        MlpNormBias = NormBias(prefix + "ln_2.bias", width),
        MlpIn = Add(prefix + "mlp.c_fc.weight", neurons, read),
        MlpInBias = Bias(prefix + "mlp.c_fc.bias", neurons),
        MlpOut = Add(prefix + "mlp.c_proj.weight", width, neurons),
        MlpOutBias = Bias(prefix + "mlp.c_proj.bias", width),
        AttentionPositionNorm = Config.PositionWidth > 0 ? AddVector(prefix + "ln_p1.weight", Config.PositionWidth) : null,
        MlpPositionNorm = Config.PositionWidth > 0 ? AddVector(prefix + "ln_p2.weight", Config.PositionWidth) : null,
    };

    private Parameter? Bias(string name, int count) => Config.Bias ? AddVector(name, count) : null;

    private Parameter? NormBias(string name, int count) => Config is { RmsNorm: false, NormBias: true } ? AddVector(name, count) : null;

    private Parameter AddVector(string name, int count) => Add(name, 1, count, isVector: true);

    private Parameter Add(string name, int rows, int columns, bool isVector = false, bool trained = true)
    {
        var parameter = new Parameter(name, _parameters.Count, rows, columns, isVector, trained);
        _parameters.Add(parameter);
        return parameter;
    }
}
