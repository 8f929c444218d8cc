using System.Text.Encodings.Web;
using System.Text.Json;
using AgentTrace.Probe.Circuits;
using AgentTrace.Probe.Circuits.Reading;
using AgentTrace.Probe.Corpora;
using AgentTrace.Probe.Model;

namespace AgentTrace.Probe.Export;

/// <summary>Writes what a circuit did on a prompt as an attribution graph: tokens, nodes and the answer's logit, with what flowed between them.</summary>
/// <remarks>
/// The fields are those of circuit-tracer's graph files (metadata, qParams, nodes, links), which Neuronpedia's viewer reads too. A layer of ours is two of the
/// graph's: its attention and its MLP. A node stands at the token where it was farthest from its mean.
/// </remarks>
public static class AttributionGraph
{
    private const string Feature = "cross layer transcoder";

    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the graph as JSON.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="reading">What it did.</param>
    /// <param name="vocabulary">The words of the model's tokens.</param>
    /// <param name="layers">Layers of the model.</param>
    /// <param name="stream">Where it goes.</param>
    public static void Write(Circuit circuit, CircuitReading reading, Vocabulary vocabulary, int layers, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(vocabulary);
        JsonSerializer.Serialize(stream, Of(circuit, reading, vocabulary, layers), s_json);
    }

    private static GraphDocument Of(Circuit circuit, CircuitReading reading, Vocabulary vocabulary, int layers)
    {
        string[] words = [.. reading.Prompt.Select(token => vocabulary.Words[token])];
        string other = vocabulary.Words[reading.Prediction == circuit.First ? circuit.Second : circuit.First], said = vocabulary.Words[reading.Prediction];
        var readings = reading.Nodes.ToDictionary(node => node.Node);
        double total = Math.Max(reading.Nodes.Sum(node => Math.Abs(node.Contribution)), double.Epsilon), sign = reading.Prediction == circuit.First ? 1 : -1;
        var nodes = new List<GraphDocument.Node>();
        var links = new List<GraphDocument.Link>();
        foreach (int at in reading.Nodes.Where(node => node.FromToken != 0).Select(node => node.Token).Distinct().Order())
            nodes.Add(new GraphDocument.Node(TokenId(at), TokenId(at), reading.Prompt[at], "E", at, "embedding", null, null, $"token {words[at]}", 0, false));
        string logit = $"{(2 * layers) + 1}_{reading.Prediction}_{words.Length - 1}";
        foreach (NodeReading node in reading.Nodes.OrderBy(node => Stage(node.Node)))
        {
            string id = Id(node);
            nodes.Add(new GraphDocument.Node(
                id, id, Place(node.Node), StageName(node.Node), node.Token, Feature, node.Activation, Math.Abs(node.Contribution) / total, $"{NodeName.Of(node.Node)} at {words[node.Token]}", 0, false));
            if (node.FromToken != 0)
                links.Add(new GraphDocument.Link(TokenId(node.Token), id, node.FromToken));
            links.AddRange(node.FedBy.Where(feed => feed.Flow != 0).Select(feed => new GraphDocument.Link(Id(readings[feed.From]), id, feed.Flow)));
            if (node.ToLogits != 0)
                links.Add(new GraphDocument.Link(id, logit, sign * node.ToLogits));
        }

        nodes.Add(new GraphDocument.Node(
            logit, logit, reading.Prediction, $"{(2 * layers) + 1}", words.Length - 1, "logit", null, null, $"{said} rather than {other} (p={reading.Probability:0.000})", reading.Probability, true));
        return new GraphDocument(
            new GraphDocument.About($"{circuit.Task}-{circuit.ModelHash}".Replace('_', '-'), $"agenttrace-{circuit.ModelHash}", string.Join(' ', words), words, 1, 1),
            new GraphDocument.View("both", [], "", [], ""),
            nodes,
            links);

        string TokenId(int at) => $"E_{reading.Prompt[at]}_{at}";
    }

    private static string Id(NodeReading node) => $"{StageName(node.Node)}_{Place(node.Node)}_{node.Token}";

    private static string StageName(CircuitNode node) => $"{Stage(node)}";

    private static int Stage(CircuitNode node) => (2 * node.Layer) + (node.Site is CircuitSite.MlpIn or CircuitSite.Neuron or CircuitSite.MlpOut ? 1 : 0);

    // One number for site and channel: a viewer tells features of a layer apart by it.
    private static int Place(CircuitNode node) => ((int)node.Site * 100_000) + node.Channel;
}
