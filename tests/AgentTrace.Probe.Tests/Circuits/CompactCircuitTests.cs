using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Compact;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Tests.Circuits;

public sealed class CompactCircuitTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Difference_OfACircuit_IsThatOfTheModelWithTheOtherNodesAblated(double kept)
    {
        TransformerConfig config = Models.SparseKind();
        Transformer model = Models.Random(config, 11, 0.6);
        var random = new Random(13);
        var masks = new NodeMasks(config);
        foreach (NodeMask mask in masks.All)
            for (int c = 0; c < mask.Channels; c++)
                (mask.Keep[c], mask.Mean[c]) = (random.NextDouble() < kept ? 1 : 0, (float)(random.NextDouble() - 0.5));
        var nodes = new NodeSet(config, masks);
        foreach (CircuitNode node in NodeSet.Every(config))
            nodes[node] = masks[node.Layer, node.Site].Keep[node.Channel] == 1;
        TaskPrompt[] prompts = [.. Enumerable.Range(0, 9).Select(i =>
            new TaskPrompt([.. Enumerable.Range(0, 3 + (3 * i)).Select(_ => random.Next(config.VocabSize))], i, i + 3, i % 2 == 0))];
        PromptBatch batch = PromptBatch.Of(prompts, config);
        var activations = new Activations(model, batch.Count, batch.Length);
        float[] expected = new float[prompts.Length];
        ForwardPass.Run(model, batch.Tokens, activations, masks);
        LogitDifference.Read(model, batch, activations, expected);

        var circuit = new CompactCircuit(model, nodes);

        for (int p = 0; p < prompts.Length; p++)
            Assert.Equal(expected[p], circuit.Difference([.. prompts[p].Tokens], prompts[p].First, prompts[p].Second), 1e-3f);
    }
}
