using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Model;
using AgentTrace.Probe.Model.Passes;
using AgentTrace.Probe.Tasks;

namespace AgentTrace.Probe.Tests.Circuits.Reading;

public sealed class CircuitReaderTests
{
    private const float Close = 2e-3f;

    private static readonly Transformer s_model = Models.Random(Models.SparseKind(), 21, 0.6);
    private static readonly Circuit s_circuit = RandomCircuit.Of(s_model, 22);
    private static readonly int[] s_prompt = [5, 9, 3, 17, 11, 4, 20, 8];

    [Fact]
    public void Read_TextWithAnAnswer_ReadsUpToTheLastOneAndSaysTheLossOfIt()
    {
        CircuitReading reading = new CircuitReader(s_model, s_circuit).Read([.. s_prompt, s_circuit.First, 7, s_circuit.Second, 6]);

        Assert.Equal([.. s_prompt, s_circuit.First, 7], reading.Prompt);
        Assert.Equal(s_circuit.Second, reading.Answer);
        double second = 1 / (1 + Math.Exp(reading.Difference));
        Assert.Equal(-Math.Log(second), reading.Loss!.Value, 1e-6);
        Assert.Equal(reading.Prediction == s_circuit.Second ? second : 1 - second, reading.Probability, 1e-6);
        Assert.Equal(reading.Loss.Value - (-(second * Math.Log(second)) - ((1 - second) * Math.Log(1 - second))), reading.Surprise!.Value, 1e-6);
    }

    [Fact]
    public void Read_TextWithoutAnAnswer_ReadsAllThatFitsAndHasNoLoss()
    {
        int[] tokens = [.. Enumerable.Range(0, 100).Select(i => 3 + (i % 20))];

        CircuitReading reading = new CircuitReader(s_model, s_circuit).Read(tokens);

        Assert.Equal(tokens[^s_model.Config.BlockSize..], reading.Prompt);
        Assert.Equal((null, null, null), (reading.Answer, reading.Loss, reading.Surprise));
    }

    [Fact]
    public void Read_Contribution_IsWhatAblatingTheNodeInTheModelTakesAway()
    {
        CircuitReading reading = new CircuitReader(s_model, s_circuit).Read(s_prompt);

        float whole = Masked(s_circuit.Nodes);
        Assert.Equal(whole, reading.Difference, Close);
        Assert.Equal(s_circuit.Nodes.Count, reading.Nodes.Count);
        Assert.All(reading.Nodes.Take(12), node => Assert.Equal(whole - Masked(s_circuit.Nodes.Where(kept => kept != node.Node)), node.Contribution, Close));
    }

    [Fact]
    public void Read_FedBy_AddsUpWithTheTokenAndTheMeansToTheActivation()
    {
        CircuitReading reading = new CircuitReader(s_model, s_circuit).Read(s_prompt);
        int linear = 0, read = 0;
        foreach (NodeReading node in reading.Nodes)
        {
            if (node.Node.Site is CircuitSite.Query or CircuitSite.Key or CircuitSite.Value or CircuitSite.MlpOut)
            {
                linear++;
                Assert.Equal(Constant(node.Node) + node.FedBy.Sum(feed => feed.Flow), node.Activation, Close);
            }

            // Written by nodes that are ablated, the residual stream holds their means: they are all that is not told.
            if (node.Node is { Site: CircuitSite.AttentionIn, Layer: 0 } && node.Node.Channel < s_model.Config.Width)
            {
                read++;
                Assert.Equal(node.FromToken, node.Activation, Close);
            }
        }

        Assert.True(linear > 5 && read > 1, $"{linear} and {read}");
        Assert.Contains(reading.Nodes, node => node.FedBy.Any(feed => feed.IsResidual));
        Assert.Contains(reading.Nodes, node => node.ToLogits != 0);
    }

    [Theory]
    [InlineData(new int[0], "no token")]
    [InlineData(new[] { 3, 24 }, "Token 1 is 24")]
    public void Read_NothingOrUnknownTokens_Throws(int[] tokens, string hint)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CircuitReader(s_model, s_circuit).Read(tokens));

        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    // Bias and the means of the inputs that are ablated.
    private static float Constant(CircuitNode node)
    {
        Layer layer = s_model.Layers[node.Layer];
        (Parameter weight, Parameter? bias, CircuitSite from, int row) = node.Site == CircuitSite.MlpOut
            ? (layer.MlpOut, layer.MlpOutBias, CircuitSite.Neuron, node.Channel)
            : (layer.Attend, layer.AttendBias, CircuitSite.AttentionIn, ((node.Site - CircuitSite.Query) * s_model.Config.AttentionWidth) + node.Channel);
        float sum = bias is null ? 0 : bias.Value[0, row];
        float[] means = Masks([])[node.Layer, from].Mean;
        for (int c = 0; c < means.Length; c++)
            if (!s_circuit.Nodes.Contains(new CircuitNode(node.Layer, from, c)))
                sum += weight.Value[row, c] * means[c];
        return sum;
    }

    private static float Masked(IEnumerable<CircuitNode> kept)
    {
        PromptBatch batch = PromptBatch.Of([new TaskPrompt(s_prompt, s_circuit.First, s_circuit.Second, true)], s_model.Config);
        var activations = new Activations(s_model, 1, batch.Length);
        ForwardPass.Run(s_model, batch.Tokens, activations, Masks(kept));
        float[] difference = new float[1];
        LogitDifference.Read(s_model, batch, activations, difference);
        return difference[0];
    }

    private static NodeMasks Masks(IEnumerable<CircuitNode> kept)
    {
        var masks = new NodeMasks(s_model.Config);
        int at = 0;
        foreach (NodeMask mask in masks.All)
            for (int c = 0; c < mask.Channels; c++)
                (mask.Mean[c], mask.Keep[c]) = (s_circuit.Means[at++], 0);
        foreach (CircuitNode node in kept)
            masks[node.Layer, node.Site].Keep[node.Channel] = 1;
        return masks;
    }
}
