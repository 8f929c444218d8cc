using AgentTrace.Probe.Circuits;

namespace AgentTrace.Probe.Comparison;

/// <summary>A task's circuits in both models.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Dense">The circuit in the dense model; null where the target is not reached.</param>
/// <param name="Sparse">The circuit in the sparse model; null where the target is not reached.</param>
/// <param name="Reason">Why one is missing; null when none is.</param>
public sealed record ComparedTask(string Task, Circuit? Dense, Circuit? Sparse, string? Reason)
{
    /// <summary>Edges of the dense circuit for each of the sparse one; null where one is missing.</summary>
    /// <remarks>A circuit without an edge, whose answer is in embedding and unembedding alone, counts as one.</remarks>
    public double? EdgeRatio => Dense is null || Sparse is null ? null : Math.Max(1.0, Dense.Edges.Count) / Math.Max(1, Sparse.Edges.Count);
}
