namespace AgentTrace.Probe.Model;

/// <summary>A place in a layer whose channels are nodes of circuits.</summary>
public enum CircuitSite
{
    /// <summary>What attention reads: the normed residual stream, then the position channels.</summary>
    AttentionIn,

    /// <summary>Query channels of all heads.</summary>
    Query,

    /// <summary>Key channels of all heads.</summary>
    Key,

    /// <summary>Value channels of all heads; what a head mixes of them goes on channel by channel.</summary>
    Value,

    /// <summary>What attention writes into the residual stream.</summary>
    AttentionOut,

    /// <summary>What the MLP reads: the normed residual stream, then the position channels.</summary>
    MlpIn,

    /// <summary>The MLP's neurons, after their nonlinearity.</summary>
    Neuron,

    /// <summary>What the MLP writes into the residual stream.</summary>
    MlpOut,
}
