using AgentTrace.Probe.Kernels;

namespace AgentTrace.Probe.Model.Passes;

/// <summary>What one layer computed for a batch, [channels, tokens] each.</summary>
internal sealed class LayerActivations
{
    public LayerActivations(TransformerConfig config, int documents, int length)
    {
        int tokens = documents * length;
        (AttentionRead, MlpRead) = (Matrix.Padded(config.ReadWidth, tokens), Matrix.Padded(config.ReadWidth, tokens));
        QueryKeyValue = Matrix.Padded(3 * config.AttentionWidth, tokens);
        Probabilities = Matrix.Padded(documents * config.Heads * length, length);
        Mixed = Matrix.Padded(config.AttentionWidth, tokens);
        (AttentionWritten, MlpWritten) = (Matrix.Padded(config.Width, tokens), Matrix.Padded(config.Width, tokens));
        (BeforeNeurons, Neurons) = (Matrix.Padded(config.Neurons, tokens), Matrix.Padded(config.Neurons, tokens));
        (AttentionNorm, MlpNorm) = (new NormStatistics(tokens), new NormStatistics(tokens));
    }

    public Matrix AttentionRead { get; }

    public Matrix QueryKeyValue { get; }

    /// <summary>[keys, queries], one block a head of a document.</summary>
    public Matrix Probabilities { get; }

    public Matrix Mixed { get; }

    public Matrix AttentionWritten { get; }

    public Matrix MlpRead { get; }

    public Matrix BeforeNeurons { get; }

    public Matrix Neurons { get; }

    public Matrix MlpWritten { get; }

    public NormStatistics AttentionNorm { get; }

    public NormStatistics MlpNorm { get; }

    /// <summary>Where a site's channels stand: the matrix, and the row of the first.</summary>
    public (Matrix Matrix, int FirstRow) At(CircuitSite site) => site switch
    {
        CircuitSite.AttentionIn => (AttentionRead, 0),
        CircuitSite.Query => (QueryKeyValue, 0),
        CircuitSite.Key => (QueryKeyValue, Mixed.Rows),
        CircuitSite.Value => (QueryKeyValue, 2 * Mixed.Rows),
        CircuitSite.AttentionOut => (AttentionWritten, 0),
        CircuitSite.MlpIn => (MlpRead, 0),
        CircuitSite.Neuron => (Neurons, 0),
        _ => (MlpWritten, 0),
    };
}
