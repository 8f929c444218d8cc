namespace AgentTrace.Probe.Model;

/// <summary>The parameters of one layer; those that the configuration does not have are null.</summary>
internal sealed record Layer
{
    public required Parameter AttentionNorm { get; init; }

    public Parameter? AttentionNormBias { get; init; }

    public Parameter? AttentionPositionNorm { get; init; }

    /// <summary>Rows: all queries, all keys, all values.</summary>
    public required Parameter Attend { get; init; }

    public Parameter? AttendBias { get; init; }

    public required Parameter AttentionOut { get; init; }

    public Parameter? AttentionOutBias { get; init; }

    public Parameter? Sink { get; init; }

    public required Parameter MlpNorm { get; init; }

    public Parameter? MlpNormBias { get; init; }

    public Parameter? MlpPositionNorm { get; init; }

    public required Parameter MlpIn { get; init; }

    public Parameter? MlpInBias { get; init; }

    public required Parameter MlpOut { get; init; }

    public Parameter? MlpOutBias { get; init; }
}
