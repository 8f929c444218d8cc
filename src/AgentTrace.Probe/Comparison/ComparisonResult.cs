using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Comparison;

/// <summary>What a comparison found.</summary>
public sealed record ComparisonResult
{
    /// <summary>The dense model.</summary>
    public required Transformer DenseModel { get; init; }

    /// <summary>The sparse model.</summary>
    public required Transformer SparseModel { get; init; }

    /// <summary>Validation loss of the dense model, nats per token.</summary>
    public required double DenseLoss { get; init; }

    /// <summary>Validation loss of the sparse model, nats per token.</summary>
    public required double SparseLoss { get; init; }

    /// <summary>Each task's circuits.</summary>
    public required IReadOnlyList<ComparedTask> Tasks { get; init; }

    /// <summary>Time of training the dense model.</summary>
    public required TimeSpan DenseTraining { get; init; }

    /// <summary>Time of training the sparse model.</summary>
    public required TimeSpan SparseTraining { get; init; }

    /// <summary>Time of finding all circuits.</summary>
    public required TimeSpan Pruning { get; init; }

    /// <summary>Processor time of everything, of all cores.</summary>
    public required TimeSpan Processor { get; init; }

    /// <summary>Geometric mean over the tasks of dense edges by sparse edges; null when no task has both circuits.</summary>
    public double? EdgeRatio
    {
        get
        {
            double[] ratios = [.. Tasks.Select(task => task.EdgeRatio).OfType<double>()];
            return ratios.Length == 0 ? null : Math.Exp(ratios.Average(Math.Log));
        }
    }

    /// <summary>How far the sparse model's loss is above the dense one's, as a share of it; below zero where it is the better one.</summary>
    public double LossExcess => (SparseLoss / DenseLoss) - 1;
}
