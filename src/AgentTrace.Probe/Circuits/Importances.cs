namespace AgentTrace.Probe.Circuits;

/// <summary>How much of a circuit's work hangs on each node and each edge: by how much the calibrated loss rises without it.</summary>
internal static class Importances
{
    /// <summary>Rises in nats, in the order of the nodes and edges given; below zero where the circuit does better without.</summary>
    public static (double[] Nodes, double[] Edges) Measure(NodeSet nodes, IReadOnlyList<CircuitNode> kept, IReadOnlyList<CircuitEdge> edges, TaskExaminer examiner, CancellationToken cancellationToken)
    {
        double loss = examiner.Circuit(nodes).Score.Loss;
        double[] ofNodes = new double[kept.Count], ofEdges = new double[edges.Count];
        for (int i = 0; i < kept.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes[kept[i]] = false;
            ofNodes[i] = examiner.Circuit(nodes).Score.Loss - loss;
            nodes[kept[i]] = true;
        }

        for (int i = 0; i < edges.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nodes.Cut = (edges[i].From, edges[i].To);
            ofEdges[i] = examiner.Circuit(nodes).Score.Loss - loss;
            nodes.Cut = null;
        }

        return (ofNodes, ofEdges);
    }
}
