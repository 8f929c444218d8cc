using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Benchmarks.Probe;

/// <summary>A circuit of as many nodes as a found one, in every site: what a probe costs depends on no more.</summary>
internal static class SomeCircuit
{
    public static Circuit Of(Transformer model, int nodes, int first, int second)
    {
        var set = new NodeSet(model.Config, new NodeMasks(model.Config));
        CircuitNode[] every = [.. NodeSet.Every(model.Config)];
        foreach (IGrouping<(int, CircuitSite), CircuitNode> place in every.GroupBy(node => (node.Layer, node.Site)))
            foreach (CircuitNode node in place.Take(Math.Max(1, nodes / (model.Config.LayerCount * NodeMasks.Sites.Length))))
                set[node] = true;
        CircuitNode[] kept = [.. set.Nodes()];
        var score = new CircuitScore(0.1, 1, 1);
        return new Circuit
        {
            Task = "some",
            First = first,
            Second = second,
            Means = new float[new NodeMasks(model.Config).Count],
            Nodes = kept,
            NodeMeans = new float[kept.Length],
            Edges = [.. CircuitEdges.All(model, set)],
            TargetLoss = 0.15,
            ModelHash = ModelFile.Hash(model),
            Score = score,
            HeldOut = score,
            WholeModel = score,
            WithoutCircuit = score,
            Calibration = new Calibration(1, 0),
            EdgesBeforeCleanUp = 0,
        };
    }
}
