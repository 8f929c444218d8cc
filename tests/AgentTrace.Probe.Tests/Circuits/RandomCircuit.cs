using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Files;
using AgentTrace.Probe.Model.Passes;

namespace AgentTrace.Probe.Tests.Circuits;

/// <summary>A circuit of nodes that nobody chose: readings are about any circuit.</summary>
internal static class RandomCircuit
{
    public static Circuit Of(Transformer model, int seed, double kept = 0.3, int first = 1, int second = 2)
    {
        var random = new Random(seed);
        var masks = new NodeMasks(model.Config);
        foreach (NodeMask mask in masks.All)
            for (int c = 0; c < mask.Channels; c++)
                mask.Mean[c] = (float)(random.NextDouble() - 0.5);
        var nodes = new NodeSet(model.Config, masks);
        foreach (CircuitNode node in NodeSet.Every(model.Config))
            nodes[node] = random.NextDouble() < kept;
        CircuitNode[] chosen = [.. nodes.Nodes()];
        var score = new CircuitScore(0.1, 1, 1);
        return new Circuit
        {
            Task = "random",
            First = first,
            Second = second,
            Means = [.. masks.All.SelectMany(mask => mask.Mean)],
            Nodes = chosen,
            NodeMeans = [.. chosen.Select(node => nodes.Mean(node.Layer, node.Site)[node.Channel])],
            Edges = [.. CircuitEdges.All(model, nodes)],
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
